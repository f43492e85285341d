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
        var versions = jobs.ToDictionary(job => job.Id, job => job.Version);
        yield return new WorkflowUpdate(view, jobs);

        await foreach (var batch in watch.ReadAsync(cancel))
        {
            var newer = batch.Jobs.Where(job => job.Version > versions.GetValueOrDefault(job.Id, -1)).ToList();
            newer.ForEach(job => versions[job.Id] = job.Version);
            foreach (var changed in batch.Workflows.Where(changed => changed.Version > view.Version))
            {
                view = changed;
                yield return new WorkflowUpdate(changed, newer);
            }

            if (batch.Deleted.Contains(workflow))
            {
                yield break;
            }
        }
    }
}
