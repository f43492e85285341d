using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Web.Engine;

namespace Torc.Web.Jobs;

/// <summary>Jobs on nodes that are not heard. The store has them as running, which nobody knows any more.</summary>
internal static class UnknownJobs
{
    /// <returns>The same jobs; those of which it is unknown whether they still run say so, and since when.</returns>
    public static async Task<IReadOnlyList<JobView>> MarkUnknownAsync(this WorkflowEngine engine, IReadOnlyList<JobView> jobs, CancellationToken cancel) =>
        jobs.Any(IsOnNode) ? await engine.ReadAsync<IReadOnlyList<JobView>>(state => [.. jobs.Select(job => IsOnNode(job) ? Mark(state, job) : job)], cancel) : jobs;

    private static bool IsOnNode(JobView job) => job.Status is JobStatus.Pending or JobStatus.Running;

    private static JobView Mark(EngineState state, JobView job) =>
        state.UnknownSince(job.Id) is { } since ? job with { UnknownSince = since, Reason = job.Reason ?? state.WhyWaiting(job.Id) } : job;
}
