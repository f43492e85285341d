using Torc.Shared.Jobs;

namespace Torc.Web.Engine;

/// <summary>An event to be stored.</summary>
/// <param name="Data">JSON text.</param>
internal sealed record EventPost(WorkflowId Workflow, DateTimeOffset At, string Type, string Data, JobId? Job, int? Attempt)
{
    /// <summary>What the store made of it: its number in the workflow; null if there is no such workflow.</summary>
    public long? Number { get; set; }
}
