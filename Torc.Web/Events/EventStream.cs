using System.Runtime.CompilerServices;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Web.Live;

namespace Torc.Web.Events;

/// <summary>Follows the events of a workflow: each once, in order and without gaps, whatever happened in between.</summary>
internal sealed class EventStream(EventQueries queries, LiveFeed feed)
{
    private const int Batch = 500;

    /// <param name="after">The number of the last event that is known; 0 for none.</param>
    public async IAsyncEnumerable<IReadOnlyList<EventView>> FollowAsync(WorkflowId workflow, EventFilter filter, long after, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var bell = feed.Listen(workflow);
        long seen = after;
        while (true)
        {
            var page = await queries.PageAsync(workflow, filter, seen, Batch, newestFirst: false, cancel);
            seen = page.Seen;
            if (page.Events.Count > 0)
            {
                yield return page.Events;
            }

            if (page.Next is null)
            {
                await bell.WaitAsync(cancel);
            }
        }
    }
}
