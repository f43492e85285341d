using Torc.Shared.Jobs;

namespace Torc.Web.Events;

/// <summary>What pages and programs may ask about events.</summary>
public interface IEventQueries
{
    /// <param name="workflow">Null for the events of all of them, which go by their id instead of their number.</param>
    /// <param name="from">Only events after this number; with <paramref name="newestFirst"/> those before it, all if it is 0.</param>
    /// <param name="limit">At most this many.</param>
    Task<EventPage> PageAsync(WorkflowId? workflow, EventFilter filter, long from, int limit, bool newestFirst, CancellationToken cancel);
}
