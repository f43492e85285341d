using Torc.Shared.Jobs;

namespace Torc.Web.Editor;

/// <summary>A draft in a list of them.</summary>
/// <param name="Name">What its text calls the workflow; the name of its file if it says nothing.</param>
/// <param name="IsSaved">Whether it is as it was saved, so that nothing is lost with it.</param>
public sealed record DraftEntry(long Id, WorkflowId? Workflow, string Name, DateTimeOffset ChangedAt, bool IsSaved);
