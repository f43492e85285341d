using Torc.Shared.Contracts;
using Torc.Shared.Jobs;

namespace Torc.Web.Jobs;

/// <summary>What pages and programs may ask about one job.</summary>
public interface IJobQueries
{
    /// <returns>Null if there is none.</returns>
    Task<JobDetails?> FindAsync(JobId job, CancellationToken cancel);

    /// <summary>Says in a sentence why a job that waits is not running; null if it does not wait.</summary>
    Task<string?> WhyWaitingAsync(JobId job, CancellationToken cancel);

    /// <summary>Lists the samples of an attempt, oldest first; if there are more than <paramref name="most"/>, several are one.</summary>
    Task<IReadOnlyList<SampleView>> SamplesAsync(AttemptId attempt, int most, CancellationToken cancel);
}
