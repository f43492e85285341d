using System.Diagnostics;
using Torc.Faults.Simulation;
using Torc.Faults.Sites;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;

namespace Torc.Faults.Crashes;

/// <summary>Reads the jobs of a workflow over and over until they have ended, and holds what is said later against what was said before.</summary>
internal sealed class RoundWatch(RealSite site, WorkflowId workflow)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Dictionary<JobId, JobView> _last = [];
    private readonly List<Finding> _findings = [];

    public IReadOnlyList<Finding> Findings => _findings;

    /// <returns>Whether all of them have ended within the time.</returns>
    public async Task<bool> UntilEndedAsync(TimeSpan patience, CancellationToken cancel)
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            if (await site.TryJobsAsync(workflow, cancel) is { } jobs)
            {
                Look(jobs);
                if (jobs.All(job => job.Status.HasEnded()))
                {
                    return true;
                }
            }

            if (Stopwatch.GetElapsedTime(start) > patience)
            {
                string open = string.Join(", ", _last.Values.Where(job => !job.Status.HasEnded()).Select(job => $"{job.Name} ({job.Id}.{job.Attempt}) {job.Status}"));
                _findings.Add(new Finding(FindingKind.Stuck, $"I14 after {patience.TotalSeconds} s these have not ended: {open}"));
                return false;
            }

            await Task.Delay(Pause, cancel);
        }
    }

    private void Look(IReadOnlyList<JobView> jobs)
    {
        foreach (var job in jobs)
        {
            if (_last.TryGetValue(job.Id, out var before))
            {
                Compare(before, job);
            }

            _last[job.Id] = job;
        }
    }

    private void Compare(JobView before, JobView job)
    {
        if (job.Attempt < before.Attempt)
        {
            _findings.Add(new Finding(FindingKind.Violation, $"I1 job {job.Id} went from attempt {before.Attempt} back to {job.Attempt}"));
        }

        if (before.Status.HasEnded() && (job.Status != before.Status || job.Attempt != before.Attempt))
        {
            _findings.Add(new Finding(FindingKind.Doubled, $"job {job.Id} was {before.Status} at attempt {before.Attempt} and became {job.Status} at {job.Attempt}"));
        }

        // A late result may take the place of the loss that was believed in; nothing else changes an end.
        if (before.Outcome is { Kind: not OutcomeKind.NodeLost } said && job.Attempt == before.Attempt && said != job.Outcome)
        {
            _findings.Add(new Finding(FindingKind.Doubled, $"attempt {job.Id}.{job.Attempt} had ended {said} and became {job.Outcome}"));
        }
    }
}
