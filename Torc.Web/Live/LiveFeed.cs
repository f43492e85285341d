using Torc.Shared.Jobs;

namespace Torc.Web.Live;

/// <summary>
/// Carries committed changes to whoever watches: the pages in this process and the watch hub. It stores nothing;
/// the store is the truth, and a change is published only after its commit.
/// </summary>
public sealed class LiveFeed(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly List<LiveWatch> _watches = [];
    private readonly List<EventBell> _bells = [];

    /// <summary>
    /// Starts watching at once. Watch first and read the store second: a change that falls between the two waits
    /// in the watch.
    /// </summary>
    /// <param name="workflow">Null watches every workflow, without its jobs.</param>
    public LiveWatch Watch(WorkflowId? workflow)
    {
        var watch = new LiveWatch(workflow, time, Remove);
        lock (_gate)
        {
            _watches.Add(watch);
        }

        return watch;
    }

    public void Publish(WorkflowChange change)
    {
        lock (_gate)
        {
            foreach (var watch in _watches)
            {
                watch.Offer(change);
            }
        }
    }

    /// <summary>Hears from now on whenever a workflow has new events or user data. Listen first and read second, as with <see cref="Watch"/>.</summary>
    /// <param name="workflow">Null hears of every workflow.</param>
    public EventBell Listen(WorkflowId? workflow)
    {
        var bell = new EventBell(workflow, Remove);
        lock (_gate)
        {
            _bells.Add(bell);
        }

        return bell;
    }

    /// <summary>There are new events or user data, and the store has them.</summary>
    public void Ring(IReadOnlySet<WorkflowId> workflows)
    {
        lock (_gate)
        {
            foreach (var bell in _bells.Where(bell => bell.Workflow is not { } heard || workflows.Contains(heard)))
            {
                bell.Ring();
            }
        }
    }

    private void Remove(EventBell bell)
    {
        lock (_gate)
        {
            _bells.Remove(bell);
        }
    }

    private void Remove(LiveWatch watch)
    {
        lock (_gate)
        {
            _watches.Remove(watch);
        }
    }
}
