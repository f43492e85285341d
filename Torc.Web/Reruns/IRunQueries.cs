using Torc.Shared.Contracts;
using Torc.Shared.Jobs;

namespace Torc.Web.Reruns;

/// <summary>What pages and programs may ask about the runs of a workflow.</summary>
public interface IRunQueries
{
    /// <returns>The newest first.</returns>
    Task<IReadOnlyList<RunView>> ListAsync(WorkflowId workflow, CancellationToken cancel);

    /// <summary>For each job the result that counted in each of two runs: of a job that was kept, that of an earlier one.</summary>
    /// <returns>In the order of the spec; jobs that are no more come last.</returns>
    Task<IReadOnlyList<JobComparison>> CompareAsync(WorkflowId workflow, int before, int after, CancellationToken cancel);
}
