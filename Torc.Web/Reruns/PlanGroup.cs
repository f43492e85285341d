using Torc.Shared.Contracts;
using Torc.Shared.Reruns;

namespace Torc.Web.Reruns;

/// <summary>Jobs of a plan that are told together, because they would do the same for a reason of the same kind.</summary>
public sealed record PlanGroup(PlannedAction Action, ReasonCode Code, IReadOnlyList<PlannedJobView> Jobs)
{
    /// <summary>More jobs than these are told in groups.</summary>
    public const int MostRows = 500;

    public string Sentence =>
        Jobs.All(job => job.Reasons[0].Sentence == Jobs[0].Reasons[0].Sentence) ? Jobs[0].Reasons[0].Sentence : $"{Jobs[0].Reasons[0].Sentence}, and others like it";

    /// <summary>The largest first.</summary>
    public static IReadOnlyList<PlanGroup> Of(IEnumerable<PlannedJobView> jobs) =>
    [
        .. jobs.GroupBy(job => (job.Action, job.Reasons[0].Code))
            .Select(group => new PlanGroup(group.Key.Action, group.Key.Code, [.. group]))
            .OrderBy(group => group.Action)
            .ThenByDescending(group => group.Jobs.Count),
    ];
}
