using Torc.Shared.Jobs;

namespace Torc.Shared.Workflows;

/// <summary>The types of the events that Torc posts itself, as its own states change. Nobody else may post one that begins like these.</summary>
public static class StateEvent
{
    public const string Prefix = "torc.";

    /// <summary>Data: <c>scope</c> unless it is the first, <c>by</c>, <c>jobs</c>.</summary>
    public const string RunStarted = "torc.run.started";

    /// <summary>Data: <c>status</c>.</summary>
    public const string RunEnded = "torc.run.ended";

    /// <summary>Data: <c>version</c>.</summary>
    public const string SpecChanged = "torc.spec.changed";

    /// <summary>It was put away. Data: <c>by</c>, as in the next.</summary>
    public const string WorkflowArchived = "torc.workflow.archived";

    public const string WorkflowUnarchived = "torc.workflow.unarchived";

    public const string JobStarted = "torc.job.started";

    /// <summary>The end of an attempt and of its job, well or badly. Data of those that end badly: <c>reason</c>, <c>outcome</c>, <c>exit_code</c>.</summary>
    public const string JobCompleted = "torc.job.completed";

    public const string JobReused = "torc.job.reused";

    public const string JobFailed = "torc.job.failed";

    public const string JobTerminated = "torc.job.terminated";

    public const string JobCanceled = "torc.job.canceled";

    /// <summary>It has failed, and somebody has to decide what that means.</summary>
    public const string JobPendingFailed = "torc.job.pending_failed";

    /// <summary>An attempt failed, and the job runs once more.</summary>
    public const string JobRetried = "torc.job.retried";

    /// <summary>An attempt was lost with its node, and the job runs once more.</summary>
    public const string JobLost = "torc.job.lost";

    /// <summary>Somebody wants a job to end that has a node.</summary>
    public const string JobStopping = "torc.job.stopping";

    /// <summary>No run starts it any more, until it is turned on again.</summary>
    public const string JobTurnedOff = "torc.job.turned_off";

    public const string JobTurnedOn = "torc.job.turned_on";

    /// <summary>Which event a change of a job is. That a job waits, is free to run or was given to a node is none: those are in the attempts.</summary>
    /// <returns>Null if it is none.</returns>
    public static string? Of(JobState before, JobState now)
    {
        if (before.Status == now.Status)
        {
            return now.StopReason is not null && before.StopReason is null && now.Status.HoldsNode() ? JobStopping : null;
        }

        // It is not told once more how it had ended before.
        if (before.Status == JobStatus.Disabled)
        {
            return JobTurnedOn;
        }

        return now.Status switch
        {
            JobStatus.Disabled => JobTurnedOff,
            JobStatus.Running => JobStarted,
            JobStatus.Completed => now.Reuse == Reuse.Done ? JobReused : JobCompleted,
            JobStatus.Failed => JobFailed,
            JobStatus.Terminated => JobTerminated,
            JobStatus.Canceled => JobCanceled,
            JobStatus.PendingFailed => JobPendingFailed,
            JobStatus.Ready when now.Losses > before.Losses => JobLost,
            JobStatus.Ready when now.Retry is not null && now.Retry != before.Retry => JobRetried,
            _ => null,
        };
    }
}
