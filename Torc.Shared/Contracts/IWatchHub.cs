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

    /// <summary>Follows the events of a workflow, some at a time, each once and in order. Does not end by itself.</summary>
    /// <param name="after">The number of the last event that is known; 0 for none.</param>
    IAsyncEnumerable<IReadOnlyList<EventView>> FollowEvents(WorkflowId workflow, long after, CancellationToken cancel);
}
