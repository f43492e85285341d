using System.Globalization;
using Torc.Faults.Simulation;

namespace Torc.Faults.Crashes;

/// <summary>What was counted in one round, or in many together.</summary>
/// <param name="LostWithKeeper">Attempts that were lost with a keeper that was killed, as they have to be.</param>
/// <param name="Reruns">Starts of jobs that had been started before.</param>
/// <param name="GivenBack">Attempts that never reached a keeper.</param>
internal sealed record CrashTotals(
    int Rounds,
    IReadOnlyList<Finding> Findings,
    int Kills,
    int Stops,
    int LostWithKeeper,
    int Reruns,
    int GivenBack)
{
    public static CrashTotals None { get; } = new(0, [], 0, 0, 0, 0, 0);

    public static CrashTotals operator +(CrashTotals left, CrashTotals right) => new(
        left.Rounds + right.Rounds,
        [.. left.Findings, .. right.Findings],
        left.Kills + right.Kills,
        left.Stops + right.Stops,
        left.LostWithKeeper + right.LostWithKeeper,
        left.Reruns + right.Reruns,
        left.GivenBack + right.GivenBack);

    /// <summary>What does not end in time is a violation, too: of the promise that it does.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"violations {Count(FindingKind.Violation) + Count(FindingKind.Stuck)}, lost {Count(FindingKind.Lost)}, doubled {Count(FindingKind.Doubled)}, overlapping {Count(FindingKind.Overlapping)}, out of order {Count(FindingKind.OutOfOrder)}, orphans {Count(FindingKind.Orphan)}; kills {Kills}, stops {Stops}; lost with a killed keeper {LostWithKeeper}, reruns {Reruns}, given back unstarted {GivenBack}");

    private int Count(FindingKind kind) => Findings.Count(finding => finding.Kind == kind);
}
