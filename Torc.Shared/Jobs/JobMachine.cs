using static Torc.Shared.Jobs.JobEvent;
using static Torc.Shared.Jobs.JobStatus;
using static Torc.Shared.Jobs.Transition;

namespace Torc.Shared.Jobs;

/// <summary>
/// The one place that says how a job may change. Every status in the store got there through <see cref="Apply"/>,
/// so this table is the whole truth about a job's life. What it does not name is refused.
/// </summary>
public static class JobMachine
{
    public static Transition Apply(JobState job, JobEvent occurrence) => (job.Status, occurrence) switch
    {
        (Uninitialized, Initialized { Blocked: true }) => new Moved(job with { Status = Blocked }),
        (Uninitialized, Initialized) => new Moved(job with { Status = Ready }),

        (Blocked, Unblocked) => new Moved(job with { Status = Ready }),
        (Blocked, BlockerFailed by) => new Moved(job with { Status = Canceled, FailedBlocker = by.Blocker }),

        (Ready, Assigned to) when job.Reuse != Reuse.Possible => new Moved(job with { Status = Pending, Attempt = job.Attempt + 1, Node = to.Node, Outcome = null }),

        // It has run and failed: now that counts, and what ended by itself was not stopped.
        (PendingFailed, StopRequested) => new Moved(job with { Status = Failed }),

        (Blocked or Ready, StopRequested e) => new Moved(job with { Status = Canceled, StopReason = e.Reason }),
        (Pending or Running, StopRequested e) when job.StopReason is null => new Moved(job with { StopReason = e.Reason }),

        (_, Returned e) when e.Attempt != job.Attempt => Late(job, e, e.Attempt),
        (_, Started e) when e.Attempt != job.Attempt => Late(job, e, e.Attempt),
        (_, Ended e) when e.Attempt != job.Attempt => Late(job, e, e.Attempt),
        (_, Lost e) when e.Attempt != job.Attempt => Late(job, e, e.Attempt),
        (_, Retried e) when e.Attempt != job.Attempt => Late(job, e, e.Attempt),
        (_, LeftUndecided e) when e.Attempt != job.Attempt => Late(job, e, e.Attempt),

        // The number of the attempt that never began stays used, so that nothing said of it can ever count.
        (Pending, Returned) when job.StopReason is not null => new Moved(job with { Status = Canceled, Node = null }),
        (Pending, Returned) => new Moved(job with { Status = Ready, Node = null }),
        (Pending, Started) => new Moved(job with { Status = Running }),

        // A short job's start and end come in one report, or its start was lost with a connection.
        // One that was lost does not run again by itself: whoever gave its node up may have been wrong, and then there would be two.
        (Pending or Running, Ended e) => new Moved(job with
        {
            Status = e.Outcome.Status,
            Node = null,
            Outcome = e.Outcome,
            Again = job.Again && e.Outcome.Kind != OutcomeKind.NodeLost,
        }),

        (Pending or Running, Retried e) when job is { StopReason: null, Again: false } => new Moved(After(job, e.How)),
        (Pending or Running, LeftUndecided e) when job is { StopReason: null, Again: false } =>
            new Moved(job with { Status = PendingFailed, Node = null, Outcome = e.Outcome }),

        (Pending or Running, Lost) when job.StopReason is null => new Moved(job with { Status = Ready, Node = null, Losses = job.Losses + 1 }),

        (Uninitialized or Blocked or Ready or Completed or Failed or Canceled or Terminated or PendingFailed, Rerun to) => new Moved(Fresh(job, to)),
        (Ready, Reblocked) => new Moved(job with { Status = Blocked }),
        (Pending or Running, RunAgain) when !job.Again => new Moved(job with { Again = true }),
        (Ready, Reused) when job.Reuse == Reuse.Possible =>
            new Moved(job with { Status = Completed, Reuse = Reuse.Done, Outcome = new Outcome(OutcomeKind.Exit, 0) }),
        (Ready, NotReusable) when job.Reuse == Reuse.Possible => new Moved(job with { Reuse = Reuse.None }),

        (Uninitialized or Blocked or Ready or Completed or Failed or Canceled or Terminated or PendingFailed, TurnedOff e) => new Moved(Off(job, e)),
        (Disabled, TurnedOn) => new Moved(On(job)),

        // The lease ran out before the word of the end came through, and nobody was given the job since: the work counts.
        (Ready, Ended e) when job.AwaitsLateEnd && e.Outcome.IsOwnDoing => new Moved(job with { Status = e.Outcome.Status, Outcome = e.Outcome }),
        (Ready, Retried e) when job.AwaitsLateEnd => new Moved(After(job, e.How)),
        (Ready, LeftUndecided e) when job.AwaitsLateEnd && e.Outcome.IsOwnDoing => new Moved(job with { Status = PendingFailed, Outcome = e.Outcome }),

        _ => new Refused($"a job that is {job.Status} cannot take {occurrence.GetType().Name}"),
    };

    private static JobState After(JobState job, Retry retry) => job with
    {
        Status = Ready,
        Node = null,
        Retries = retry.IsRaise ? job.Retries : retry.Number,
        Raises = retry.IsRaise ? retry.Number : job.Raises,
        RaisedMemory = retry.Memory ?? job.RaisedMemory,
        RaisedRuntime = retry.Runtime ?? job.RaisedRuntime,
        Retry = retry,
    };

    // The number of the attempt stays, since it must never be used twice, and what was learned of its needs.
    private static JobState Fresh(JobState job, Rerun to) => new(
        job.Id,
        to.Blocked ? Blocked : Ready,
        job.Attempt,
        Reuse: to.MayReuse ? Reuse.Possible : Reuse.None,
        RaisedMemory: job.RaisedMemory,
        RaisedRuntime: job.RaisedRuntime);

    private static JobState Off(JobState job, TurnedOff off) => new(
        job.Id, Disabled, job.Attempt, Outcome: off.Last, StopReason: off.Reason, RaisedMemory: job.RaisedMemory, RaisedRuntime: job.RaisedRuntime);

    // What it did well counts again. Otherwise it is as one that no run has taken: what has gone on without it is not to fail by it now.
    private static JobState On(JobState job) => job.Outcome is { Succeeded: true }
        ? job with { Status = Completed, StopReason = null }
        : job with { Status = Uninitialized, Outcome = null, StopReason = null };

    private static Refused Late(JobState job, JobEvent occurrence, int attempt) =>
        new($"{occurrence.GetType().Name} of attempt {attempt} is late: the job is {job.Status} at attempt {job.Attempt}");
}
