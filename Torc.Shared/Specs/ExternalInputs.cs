using Torc.Shared.Texts;
using Torc.Shared.Workflows;

namespace Torc.Shared.Specs;

/// <summary>The files that must be there before a workflow starts: some job needs them and none produces them.</summary>
public static class ExternalInputs
{
    /// <returns>Positions in <see cref="WorkflowDefinition.Files"/>, ascending.</returns>
    public static IReadOnlyList<int> Of(WorkflowDefinition workflow)
    {
        var produced = workflow.Jobs.SelectMany(job => job.OutputFiles).ToHashSet();
        return [.. workflow.Jobs.SelectMany(job => job.InputFiles).Where(file => !produced.Contains(file)).Distinct().Order()];
    }

    /// <summary>What to say of an input that was looked for and not found.</summary>
    /// <param name="file">Its position in <see cref="WorkflowDefinition.Files"/>.</param>
    /// <param name="directory">Where it was looked for.</param>
    public static Diagnostic Missing(WorkflowDefinition workflow, int file, string directory) => new(
        DiagnosticCodes.MissingInput, Severity.Error, SpecPath.Top["files"][file]["path"].ToString(), Line: null, Column: null, EndColumn: null,
        $"{Quoting.Shorten(workflow.Files[file].Path)} does not exist under {Quoting.Escape(directory)}",
        "no job produces it, so it must be there before the workflow starts");
}
