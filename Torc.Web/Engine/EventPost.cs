using Torc.Shared.Jobs;

namespace Torc.Web.Engine;

/// <summary>An event to be stored.</summary>
/// <param name="Run">Null for the run that the workflow is in, by the store.</param>
/// <param name="Data">JSON text.</param>
/// <param name="Node">Where the attempt runs or ran that it is about.</param>
/// <param name="Key">Posted again under the same key, it is the same event.</param>
internal sealed record EventPost(
    WorkflowId Workflow, DateTimeOffset At, string Type, string Data, JobId? Job = null, int? Attempt = null, NodeId? Node = null, int? Run = null, string? Key = null)
{
    /// <summary>What the store made of it: its number in the workflow; null if there is no such workflow.</summary>
    public long? Number { get; set; }
}
