using Microsoft.Extensions.Time.Testing;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Workflows;
using Torc.Tests.Support;
using Torc.Web.Live;
using Xunit;

namespace Torc.Tests.Live;

public sealed class LiveWatchTests
{
    private static readonly WorkflowId Workflow = new(1);

    private readonly FakeTimeProvider _time = new();
    private readonly LiveFeed _feed;

    public LiveWatchTests() => _feed = new LiveFeed(_time);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Changes_published_the_wrong_way_round_end_as_they_were_stored()
    {
        using var watch = _feed.Watch(Workflow);

        _feed.Publish(Change(version: 5, WorkflowStatus.Completed, (7, JobStatus.Completed)));
        _feed.Publish(Change(version: 4, WorkflowStatus.Running, (7, JobStatus.Running)));

        var batch = await watch.ReadAsync(Cancel).NextAsync();
        Assert.Equal(WorkflowStatus.Completed, Assert.Single(batch.Workflows).Status);
        Assert.Equal(JobStatus.Completed, Assert.Single(batch.Jobs).Status);
    }

    [Fact]
    public async Task A_slow_watcher_gets_the_last_state_of_each_job_once()
    {
        using var watch = _feed.Watch(Workflow);

        _feed.Publish(Change(version: 1, WorkflowStatus.Running, (7, JobStatus.Running), (8, JobStatus.Ready)));
        _feed.Publish(Change(version: 2, WorkflowStatus.Running, (7, JobStatus.Completed)));

        var batch = await watch.ReadAsync(Cancel).NextAsync();
        Assert.Equal([(7L, JobStatus.Completed), (8L, JobStatus.Ready)], batch.Jobs.Select(job => (job.Id.Value, job.Status)).Order());
    }

    [Fact]
    public async Task Batches_keep_their_pace()
    {
        using var watch = _feed.Watch(Workflow);
        await using var batches = watch.ReadAsync(Cancel).GetAsyncEnumerator(Cancel);
        _feed.Publish(Change(version: 1, WorkflowStatus.Running, (7, JobStatus.Running)));
        Assert.True(await batches.MoveNextAsync());

        _feed.Publish(Change(version: 2, WorkflowStatus.Completed, (7, JobStatus.Completed)));
        var second = batches.MoveNextAsync().AsTask();
        Assert.False(second.IsCompleted);
        _time.Advance(LiveWatch.Pace);

        Assert.True(await second.WaitAsync(Waiting.Patience, Cancel));
        Assert.Equal(JobStatus.Completed, Assert.Single(batches.Current.Jobs).Status);
    }

    [Fact]
    public async Task A_watcher_of_one_workflow_hears_of_no_other_and_one_of_all_hears_of_no_jobs()
    {
        using var other = _feed.Watch(new WorkflowId(2));
        using var all = _feed.Watch(workflow: null);
        using var closed = _feed.Watch(Workflow);
        closed.Dispose();

        _feed.Publish(Change(version: 1, WorkflowStatus.Running, (7, JobStatus.Running)));

        var batch = await all.ReadAsync(Cancel).NextAsync();
        Assert.Equal(Workflow, Assert.Single(batch.Workflows).Id);
        Assert.Empty(batch.Jobs);
        Assert.Empty(await closed.ReadAsync(Cancel).ToListAsync(Cancel));
        other.Dispose();
        Assert.Empty(await other.ReadAsync(Cancel).ToListAsync(Cancel));
    }

    private static WorkflowChange Change(long version, WorkflowStatus status, params (long Id, JobStatus Status)[] jobs) => new(
        new WorkflowView(Workflow, "diamond", null, null, null, status, 1, new Dictionary<JobStatus, int>(), "/", default, null, null, version, 1),
        [.. jobs.Select(job => new JobView(new JobId(job.Id), 0, "work1", job.Status, 1, null, null, null, null, null, null, null, version))],
        []);
}
