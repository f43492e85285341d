using Torc.Shared.Jobs;

namespace Torc.Shared.Contracts;

/// <summary>What programs may watch, at <see cref="HubPaths.Watch"/>.</summary>
public interface IWatchHub
{
    /// <summary>
    /// Follows a workflow: first everything, then what changed, merged, at most four messages a second.
    /// Ends when the workflow is not there.
    /// </summary>
    IAsyncEnumerable<WorkflowUpdate> Follow(WorkflowId workflow, CancellationToken cancel);
}
