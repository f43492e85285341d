using Torc.Shared.Jobs;
using Torc.Web.Jobs;

namespace Torc.Web.Workflows;

/// <summary>What may be done to whole workflows, apart from running them.</summary>
public interface IWorkflowDesk
{
    /// <summary>Puts a workflow away, so that it is not listed with the others and no run of it starts, or brings it back.</summary>
    /// <param name="dryRun">Only says whether it may be done.</param>
    Task<JobAnswer> ArchiveAsync(WorkflowId id, bool archived, string by, bool dryRun, CancellationToken cancel);

    /// <summary>Forgets a workflow for good, with all that is known of it and the logs that are kept. What its jobs wrote stays.</summary>
    /// <param name="dryRun">Only says whether it may be done.</param>
    Task<JobAnswer> DeleteAsync(WorkflowId id, string by, bool dryRun, CancellationToken cancel);
}
