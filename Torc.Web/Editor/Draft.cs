using System.Collections.Immutable;
using Torc.Shared.Jobs;
using Torc.Shared.Specs.Editing;

namespace Torc.Web.Editor;

/// <summary>A spec that somebody is writing, as it was kept last.</summary>
/// <param name="Id">From 1; 0 for one that is not kept yet.</param>
/// <param name="Workflow">The workflow whose spec it is; null until it was saved for the first time.</param>
/// <param name="BaseVersion">The version that it was made from, or saved as; null if there is none.</param>
/// <param name="Directory">Where the jobs are to run; null leaves it to the server.</param>
/// <param name="Places">Where things lie on the canvas, by their keys.</param>
public sealed record Draft(
    long Id,
    string User,
    WorkflowId? Workflow,
    int? BaseVersion,
    string? Directory,
    string FileName,
    string Text,
    SpecHistory History,
    IReadOnlyDictionary<string, SpecPlace> Places,
    DateTimeOffset ChangedAt)
{
    public SpecDocument ToDocument() => SpecDocument.Of(Text, FileName) is var document && Places.Count == 0
        ? document
        : document.Moved(Places.ToImmutableDictionary(place => place.Key, place => (SpecPlace?)place.Value));
}
