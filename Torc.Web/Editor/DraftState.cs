using Torc.Shared.Jobs;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Editing;

namespace Torc.Web.Editor;

/// <summary>An open draft at one moment. It never changes; what happens makes another one.</summary>
/// <param name="Revision">Counts the texts, from 0: who changes the text says which one.</param>
/// <param name="Shown">What the canvas shows: the document, or the last one that could be read.</param>
/// <param name="Problems">Of this text; those that need a look at nodes and files come a moment later.</param>
/// <param name="MissingInputs">The paths of files that must exist and do not; null while nobody has looked.</param>
/// <param name="IsKept">Whether the server would have it after a restart.</param>
public sealed record DraftState(
    int Revision,
    SpecDocument Document,
    SpecDocument Shown,
    SpecHistory History,
    IReadOnlyList<Diagnostic> Problems,
    IReadOnlyList<string>? MissingInputs,
    WorkflowId? Workflow,
    int? BaseVersion,
    string? Directory,
    bool IsKept)
{
    /// <summary>Whether the canvas shows what the text says.</summary>
    public bool IsCurrent => ReferenceEquals(Document, Shown);

    public int Errors => Problems.Count(problem => problem.Severity == Severity.Error);
}
