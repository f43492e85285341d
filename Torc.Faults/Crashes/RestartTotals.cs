using System.Globalization;
using Torc.Faults.Simulation;

namespace Torc.Faults.Crashes;

/// <summary>How long servers took that found many jobs.</summary>
/// <param name="ReadyAfter">From the start of each until it had the jobs and listened to agents and people.</param>
/// <param name="AnsweredAfter">Until the first question about the jobs was answered, which is the slowest of its life.</param>
internal sealed record RestartTotals(int Jobs, IReadOnlyList<TimeSpan> ReadyAfter, IReadOnlyList<TimeSpan> AnsweredAfter, IReadOnlyList<Finding> Findings)
{
    private static double Median(IReadOnlyList<TimeSpan> times) => times.Order().ElementAt(times.Count / 2).TotalSeconds;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"a killed server with {Jobs:N0} jobs: ready again after {string.Join(", ", ReadyAfter.Select(time => time.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture)))} s, median {Median(ReadyAfter):0.00} s; first answer after {Median(AnsweredAfter):0.00} s; changed by it: {Findings.Count}");
}
