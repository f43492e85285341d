using Torc.Shared.Contracts;
using Torc.Shared.Jobs;

namespace Torc.Web.Reruns;

/// <summary>What sets a plan apart from the one that was seen before it.</summary>
public static class PlanChange
{
    /// <summary>The jobs of which the newer plan says something else.</summary>
    public static IReadOnlySet<JobId> Between(RerunPlanView before, RerunPlanView after)
    {
        var seen = before.Jobs.ToDictionary(job => job.Id);
        return after.Jobs
            .Where(job => !seen.TryGetValue(job.Id, out var old) || old.Action != job.Action || !old.Reasons.SequenceEqual(job.Reasons))
            .Select(job => job.Id)
            .ToHashSet();
    }
}
