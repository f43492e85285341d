using Torc.Shared.Jobs;
using Torc.Shared.Workflows;
using Xunit;

namespace Torc.Tests.Events;

public sealed class StateEventTests
{
    private static readonly JobState Running = new(new JobId(1), JobStatus.Running, Attempt: 1, new NodeId(1));

    [Theory]
    [InlineData(JobStatus.Completed, StateEvent.JobCompleted)]
    [InlineData(JobStatus.Failed, StateEvent.JobFailed)]
    [InlineData(JobStatus.Terminated, StateEvent.JobTerminated)]
    [InlineData(JobStatus.Canceled, StateEvent.JobCanceled)]
    [InlineData(JobStatus.PendingFailed, StateEvent.JobPendingFailed)]
    public void Every_end_of_a_job_is_an_event(JobStatus end, string type) => Assert.Equal(type, StateEvent.Of(Running, Running with { Status = end }));

    [Theory]
    [InlineData(JobStatus.Uninitialized, JobStatus.Ready)]
    [InlineData(JobStatus.Blocked, JobStatus.Ready)]
    [InlineData(JobStatus.Ready, JobStatus.Pending)]
    [InlineData(JobStatus.Pending, JobStatus.Ready)]
    [InlineData(JobStatus.Completed, JobStatus.Blocked)]
    public void That_a_job_waits_or_is_given_out_is_none(JobStatus before, JobStatus now) =>
        Assert.Null(StateEvent.Of(Running with { Status = before }, Running with { Status = now }));

    [Fact]
    public void A_start_a_retry_a_loss_a_stop_and_a_reuse_are_events()
    {
        var ready = Running with { Status = JobStatus.Ready };

        Assert.Equal(StateEvent.JobStarted, StateEvent.Of(Running with { Status = JobStatus.Pending }, Running));
        Assert.Equal(StateEvent.JobRetried, StateEvent.Of(Running, ready with { Retry = new Retry(1, OutcomeKind.Exit, 5, 1, 3) }));
        Assert.Equal(StateEvent.JobLost, StateEvent.Of(Running, ready with { Losses = 1 }));
        Assert.Equal(StateEvent.JobStopping, StateEvent.Of(Running, Running with { StopReason = "stopped by ann" }));
        Assert.Null(StateEvent.Of(Running with { StopReason = "stopped by ann" }, Running with { StopReason = "stopped by ann", Version = 9 }));
        Assert.Equal(StateEvent.JobReused, StateEvent.Of(ready, ready with { Status = JobStatus.Completed, Reuse = Reuse.Done }));
    }
}
