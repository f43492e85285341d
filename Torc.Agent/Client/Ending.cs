using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Workflows;

namespace Torc.Agent.Client;

/// <summary>What the end of a workflow is to the shell.</summary>
internal static class Ending
{
    public static bool HasEnded(WorkflowView workflow) => workflow.Status is WorkflowStatus.Completed or WorkflowStatus.Failed;

    /// <param name="jobs">Of a workflow that has ended.</param>
    public static ExitCode Of(WorkflowView workflow, IEnumerable<JobView> jobs) => workflow.Status == WorkflowStatus.Completed
        ? ExitCode.Ok
        : jobs.Any(FailedByItself) ? ExitCode.JobsFailed : ExitCode.Stopped;

    /// <summary>Of several workflows: failed jobs say more than that somebody stopped another.</summary>
    public static ExitCode Worst(IEnumerable<ExitCode> codes) =>
        codes.Aggregate(ExitCode.Ok, (worst, code) => worst == ExitCode.JobsFailed || code == ExitCode.Ok ? worst : code);

    // A job that ran past its limit was ended too, but nobody had to say so.
    private static bool FailedByItself(JobView job) =>
        job.Status == JobStatus.Failed || (job.Status == JobStatus.Terminated && job.Outcome?.Kind == OutcomeKind.Timeout);
}
