using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.SignalR;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Web.Live;
using Torc.Web.Workflows;

namespace Torc.Web.Events;

/// <summary>Lets programs follow a workflow as pages do.</summary>
internal sealed class WatchHub(IWorkflowQueries queries, LiveFeed feed, EventStream events) : Hub, IWatchHub
{
    public IAsyncEnumerable<IReadOnlyList<EventView>> FollowEvents(WorkflowId workflow, long after, CancellationToken cancel) =>
        events.FollowAsync(workflow, new EventFilter(), after, cancel);

    public async IAsyncEnumerable<WorkflowUpdate> Follow(WorkflowId workflow, [EnumeratorCancellation] CancellationToken cancel)
    {
        // Watch first, read second: a change between the two waits in the watch.
        using var watch = feed.Watch(workflow);
        if (await queries.FindAsync(workflow, cancel) is not { } view)
        {
            yield break;
        }

        var jobs = await queries.JobsAsync(workflow, cancel);
        var told = jobs.ToDictionary(job => job.Id, job => (job.Version, job.UnknownSince));
        yield return new WorkflowUpdate(view, jobs);

        await foreach (var batch in watch.ReadAsync(cancel))
        {
            var newer = batch.Jobs.Where(job => !told.TryGetValue(job.Id, out var known) || job.Replaces(known.Version, known.UnknownSince)).ToList();
            newer.ForEach(job => told[job.Id] = (job.Version, job.UnknownSince));
            var changed = batch.Workflows.FirstOrDefault(changed => changed.Replaces(view));
            if (changed is not null || newer.Count > 0)
            {
                view = changed ?? view;
                yield return new WorkflowUpdate(view, newer);
            }

            if (batch.Deleted.Contains(workflow))
            {
                yield break;
            }
        }
    }
}
