using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Workflows;
using Torc.Tests.Support;
using Torc.Web.Live;
using Torc.Web.Workflows;
using Xunit;

namespace Torc.Tests.Web.Workflows;

public sealed class WorkflowBoardTests
{
    [Fact]
    public void Only_what_is_newer_is_taken_over()
    {
        var board = new WorkflowBoard(Workflow(version: 5, WorkflowStatus.Running), [Job(1, JobStatus.Completed, version: 5), Job(2, JobStatus.Running, version: 3)]);

        board.Apply(new LiveBatch(
            [Workflow(version: 4, WorkflowStatus.Uninitialized)],
            [Job(1, JobStatus.Running, version: 4), Job(2, JobStatus.Failed, version: 4)],
            [],
            []));

        Assert.Equal(WorkflowStatus.Running, board.Workflow.Status);
        Assert.Equal([JobStatus.Completed, JobStatus.Failed], board.Jobs.Select(job => job.Status));
    }

    [Fact]
    public void That_nobody_knows_any_more_whether_a_job_runs_is_taken_over_and_taken_back_although_no_version_changes()
    {
        var since = new DateTimeOffset(2026, 5, 4, 14, 2, 11, TimeSpan.Zero);
        var board = new WorkflowBoard(Workflow(version: 5, WorkflowStatus.Running), [Job(1, JobStatus.Running, version: 5), Job(2, JobStatus.Running, version: 5)]);

        board.Apply(new LiveBatch([], [Job(1, JobStatus.Running, version: 5) with { UnknownSince = since }, Job(2, JobStatus.Running, version: 5)], [], []));
        Assert.Equal([since, null], board.Jobs.Select(job => job.UnknownSince));
        Assert.Equal([0], board.Changed);

        board.Apply(new LiveBatch([], [Job(1, JobStatus.Running, version: 5)], [], []));
        Assert.Equal([null, null], board.Jobs.Select(job => job.UnknownSince));
        Assert.Equal([0], board.Changed);
    }

    [Fact]
    public void Jobs_that_nobody_knows_are_counted_while_that_is_so()
    {
        var since = new DateTimeOffset(2026, 5, 4, 14, 2, 11, TimeSpan.Zero);
        var definition = Diamond.Wide(200);
        var groups = JobGroups.Of(definition);
        var board = new WorkflowBoard(
            Workflow(version: 5, WorkflowStatus.Running), [.. definition.Jobs.Select((_, place) => Job(place, JobStatus.Running, version: 5) with { UnknownSince = place == 7 ? since : null })], groups);
        int group = groups.Of(7);
        Assert.Equal((1, 1), (board.Unknown[JobStatus.Running], board.UnknownOf(group)[JobStatus.Running]));

        board.Apply(new LiveBatch([], [Job(7, JobStatus.Running, version: 5) with { UnknownSince = since.AddSeconds(1) }, Job(8, JobStatus.Running, version: 5) with { UnknownSince = since }], [], []));
        Assert.Equal((2, 2, 200), (board.Unknown[JobStatus.Running], board.UnknownOf(group)[JobStatus.Running], board.CountsOf(group)[JobStatus.Running]));

        board.Apply(new LiveBatch([], [Job(7, JobStatus.Failed, version: 6), Job(8, JobStatus.Running, version: 5)], [], []));
        Assert.Equal(199, board.CountsOf(group)[JobStatus.Running]);
        Assert.Empty(board.Unknown);
        Assert.Empty(board.UnknownOf(group));
    }

    [Fact]
    public void What_was_known_of_an_older_state_of_a_job_is_not_taken_over()
    {
        var board = new WorkflowBoard(Workflow(version: 5, WorkflowStatus.Running), [Job(1, JobStatus.Completed, version: 5)]);

        board.Apply(new LiveBatch([], [Job(1, JobStatus.Running, version: 4) with { UnknownSince = default(DateTimeOffset) }], [], []));

        Assert.Equal((JobStatus.Completed, null), (board.Jobs[0].Status, board.Jobs[0].UnknownSince));
    }

    [Fact]
    public void News_of_another_workflow_changes_nothing()
    {
        var board = new WorkflowBoard(Workflow(version: 1, WorkflowStatus.Running), [Job(1, JobStatus.Running, version: 1)]);

        board.Apply(new LiveBatch([Workflow(version: 9, WorkflowStatus.Failed) with { Id = new WorkflowId(2) }], [Job(7, JobStatus.Failed, version: 9)], [], []));

        Assert.Equal(WorkflowStatus.Running, board.Workflow.Status);
        Assert.Equal(JobStatus.Running, Assert.Single(board.Jobs).Status);
    }

    [Fact]
    public void Each_announcement_of_samples_counts_for_its_job_alone()
    {
        var board = new WorkflowBoard(Workflow(version: 1, WorkflowStatus.Running), [Job(1, JobStatus.Running, version: 1), Job(2, JobStatus.Running, version: 1)]);

        board.Apply(new LiveBatch([], [], [new JobId(1)], []));
        board.Apply(new LiveBatch([], [], [new JobId(1)], []));

        Assert.Equal((2, 0), (board.SamplesOf(new JobId(1)), board.SamplesOf(new JobId(2))));
    }

    private static WorkflowView Workflow(long version, WorkflowStatus status) => new(
        new WorkflowId(1), "diamond", null, null, null, status, 1, new Dictionary<JobStatus, int>(), "/", default, null, null, version, 1);

    private static JobView Job(long id, JobStatus status, long version) => new(
        new JobId(id), 0, $"job{id}", status, 1, null, null, null, null, null, null, null, version);
}
