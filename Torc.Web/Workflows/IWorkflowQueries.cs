using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Workflows;
using Torc.Web.Engine;

namespace Torc.Web.Workflows;

/// <summary>What pages and programs may ask about workflows.</summary>
public interface IWorkflowQueries
{
    /// <summary>Lists all workflows but those that were put away, newest first.</summary>
    Task<IReadOnlyList<WorkflowView>> ListAsync(CancellationToken cancel);

    /// <summary>Lists workflows, newest first.</summary>
    /// <param name="page">After the id of a workflow.</param>
    Task<IReadOnlyList<WorkflowView>> ListAsync(WorkflowFilter filter, PageOf page, CancellationToken cancel);

    /// <param name="skip">How many are on the pages before.</param>
    /// <param name="most">How many are on one page.</param>
    /// <param name="now">Until when those that run have run.</param>
    Task<WorkflowSlice> SliceAsync(WorkflowFilter filter, WorkflowSort sort, int skip, int most, DateTimeOffset now, CancellationToken cancel);

    /// <summary>What the first page shows.</summary>
    /// <param name="most">Of each kind.</param>
    Task<HomeView> HomeAsync(int most, CancellationToken cancel);

    /// <returns>Null if there is none.</returns>
    Task<WorkflowView?> FindAsync(WorkflowId workflow, CancellationToken cancel);

    /// <returns>Who deleted it; null if it is there, or never was.</returns>
    Task<DeletedWorkflow?> DeletedAsync(WorkflowId workflow, CancellationToken cancel);

    /// <returns>The spec, resolved: jobs, files, user data and who needs what; null if there is no such workflow.</returns>
    Task<WorkflowDefinition?> DefinitionAsync(WorkflowId workflow, CancellationToken cancel);

    /// <summary>Lists all jobs of a workflow, in the order of its spec.</summary>
    Task<IReadOnlyList<JobView>> JobsAsync(WorkflowId workflow, CancellationToken cancel);

    /// <param name="page">After the position of a job.</param>
    /// <param name="names">Only the jobs that are called so; null for all.</param>
    Task<IReadOnlyList<JobView>> JobsAsync(WorkflowId workflow, PageOf page, IReadOnlyCollection<string>? names, CancellationToken cancel);

    /// <param name="version">From 1; null for the newest.</param>
    /// <returns>The text that the workflow was made from; null if there is no such workflow or version.</returns>
    Task<StoredSpec?> SpecAsync(WorkflowId workflow, int? version, CancellationToken cancel);

    /// <summary>Says how the jobs of workflows failed: each kind of end once, the most frequent first.</summary>
    Task<IReadOnlyList<FailureCount>> FailuresAsync(IReadOnlyCollection<WorkflowId> workflows, CancellationToken cancel);
}
