using Torc.Shared.Jobs;

namespace Torc.Web.Engine;

/// <summary>An event to be stored.</summary>
/// <param name="Data">JSON text.</param>
/// <param name="Key">Posted again under the same key, it is the same event.</param>
internal sealed record EventPost(WorkflowId Workflow, DateTimeOffset At, string Type, string Data, JobId? Job, int? Attempt, string? Key = null)
{
    /// <summary>What the store made of it: its number in the workflow; null if there is no such workflow.</summary>
    public long? Number { get; set; }
}
