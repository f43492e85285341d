using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Workflows;
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
