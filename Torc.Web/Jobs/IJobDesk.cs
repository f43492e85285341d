using Torc.Shared.Jobs;

namespace Torc.Web.Jobs;

/// <summary>What may be done to the jobs of a workflow, apart from running them again.</summary>
public interface IJobDesk
{
    /// <summary>Asks jobs to end. Those that have a node do so when their agents have ended them.</summary>
    /// <param name="jobs">Names; null for all.</param>
    /// <param name="dryRun">Only counts them.</param>
    Task<JobAnswer> StopAsync(WorkflowId id, IReadOnlyCollection<string>? jobs, string by, bool dryRun, CancellationToken cancel);

    /// <summary>Turns jobs off, so that no run starts them and nothing waits for them, or on again.</summary>
    /// <param name="jobs">Names.</param>
    /// <param name="dryRun">Only counts them.</param>
    Task<JobAnswer> TurnAsync(WorkflowId id, IReadOnlyCollection<string> jobs, bool on, string by, bool dryRun, CancellationToken cancel);
}
