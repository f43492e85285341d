using System.Globalization;
using Torc.Faults.Simulation;

namespace Torc.Faults.Crashes;

/// <summary>How long servers took that found many jobs.</summary>
/// <param name="ReadyAfter">From the start of each until it answered for the jobs.</param>
internal sealed record RestartTotals(int Jobs, IReadOnlyList<TimeSpan> ReadyAfter, IReadOnlyList<Finding> Findings)
{
    public TimeSpan Median => ReadyAfter.Order().ElementAt(ReadyAfter.Count / 2);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"a killed server with {Jobs:N0} jobs: ready again after {string.Join(", ", ReadyAfter.Select(time => time.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture)))} s, median {Median.TotalSeconds:0.00} s; changed by it: {Findings.Count}");
}
