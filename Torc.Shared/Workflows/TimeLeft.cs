using Torc.Shared.Jobs;
using Torc.Shared.Quantities;

namespace Torc.Shared.Workflows;

/// <summary>How long what is left of a run takes, and how that is known.</summary>
/// <param name="Left">From now.</param>
/// <param name="ByLikeJobs">Of how many of the jobs that are left it is known by how long jobs like them took.</param>
/// <param name="ByEarlier">By how long they took themselves, in an earlier run.</param>
/// <param name="ByRequest">By the runtime that they ask for, which is the most that they get.</param>
public sealed record TimeLeft(TimeSpan Left, int ByLikeJobs, int ByEarlier, int ByRequest)
{
    /// <summary>
    /// Works it out. What is left takes at least as long as its longest chain; and where jobs wait for room, as long as all of it takes
    /// when as many run at once as do now.
    /// </summary>
    /// <param name="jobs">In the order of the definition.</param>
    /// <returns>Null if it cannot be said: nothing runs, somebody has to decide something, or of a job nothing is known.</returns>
    public static TimeLeft? Of(WorkflowDefinition workflow, JobGroups groups, IReadOnlyList<JobCourse> jobs)
    {
        int running = jobs.Count(job => job.Status.HoldsNode());
        if (running == 0 || jobs.Any(job => job.Status == JobStatus.PendingFailed))
        {
            return null;
        }

        var typical = groups.Groups.Select(group => Median.Of(group.Jobs.Where(job => jobs[job].Status == JobStatus.Completed).Select(job => jobs[job].Took).OfType<TimeSpan>())).ToList();
        var left = new TimeSpan[jobs.Count];
        var (byLikeJobs, byEarlier, byRequest) = (0, 0, 0);
        for (int job = 0; job < jobs.Count; job++)
        {
            if (!IsLeft(jobs[job].Status))
            {
                continue;
            }

            TimeSpan takes;
            if (typical[groups.Of(job)] is { } like)
            {
                (takes, byLikeJobs) = (like, byLikeJobs + 1);
            }
            else if (jobs[job].Took is { } before)
            {
                (takes, byEarlier) = (before, byEarlier + 1);
            }
            else if (workflow.Jobs[job].RequirementsName is not null)
            {
                (takes, byRequest) = (workflow.Jobs[job].Needs.Runtime, byRequest + 1);
            }
            else
            {
                // Nobody asked for the runtime that it has.
                return null;
            }

            left[job] = takes > jobs[job].SoFar ? takes - jobs[job].SoFar : TimeSpan.Zero;
        }

        var longest = Sum(CriticalPath.Of(workflow, job => left[job]).Select(job => left[job]));
        var all = jobs.Any(job => job.Status == JobStatus.Ready) ? Sum(left) / running : TimeSpan.Zero;
        // What takes longer than anything like it may take any time.
        return longest == TimeSpan.Zero ? null : new TimeLeft(longest > all ? longest : all, byLikeJobs, byEarlier, byRequest);
    }

    private static bool IsLeft(JobStatus status) => status is JobStatus.Blocked or JobStatus.Ready or JobStatus.Pending or JobStatus.Running;

    private static TimeSpan Sum(IEnumerable<TimeSpan> durations) => new(durations.Sum(duration => duration.Ticks));
}
