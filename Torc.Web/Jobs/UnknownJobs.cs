using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Web.Engine;

namespace Torc.Web.Jobs;

/// <summary>Jobs on nodes that are not heard. The store has them as running, which nobody knows any more.</summary>
internal static class UnknownJobs
{
    /// <summary>Every query that reads jobs from the store passes them through here; changes come from the engine, which has done the same.</summary>
    /// <returns>The same jobs; those of which it is unknown whether they still run say so, and since when.</returns>
    public static async Task<IReadOnlyList<JobView>> MarkUnknownAsync(this WorkflowEngine engine, IReadOnlyList<JobView> jobs, CancellationToken cancel)
    {
        var onNode = jobs.Where(job => job.Status is JobStatus.Pending or JobStatus.Running).ToList();
        if (onNode.Count == 0)
        {
            return jobs;
        }

        var unknown = await engine.ReadAsync(state => onNode.Select(state.AsKnown).Where(job => job.UnknownSince is not null).ToDictionary(job => job.Id), cancel);
        return unknown.Count == 0 ? jobs : [.. jobs.Select(job => unknown.GetValueOrDefault(job.Id, job))];
    }
}
