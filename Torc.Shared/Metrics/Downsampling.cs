using Torc.Shared.Quantities;

namespace Torc.Shared.Metrics;

/// <summary>What a chart shows of many points: as many stretches of equal length as it has room for, and nothing that stood out is lost.</summary>
public static class Downsampling
{
    /// <summary>More than this no screen shows, and no answer has.</summary>
    public const int MostPoints = 2000;

    /// <param name="points">Oldest first.</param>
    /// <param name="most">At least 1.</param>
    /// <returns>The points themselves if there are no more; otherwise a stretch each, without those in which there is none.</returns>
    public static IReadOnlyList<UsageStretch> To(int most, IReadOnlyList<UsagePoint> points)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        if (points.Count <= most)
        {
            return [.. points.Select(point => new UsageStretch(point.At, 1, point.Levels, point.Levels, point.Levels))];
        }

        var from = points[0].At;
        // One tick more, or the last point would begin a stretch of its own.
        double span = (points[^1].At - from).Ticks + 1;
        return [.. points.GroupBy(point => (int)((point.At - from).Ticks / span * most)).Select(Stretch)];
    }

    private static UsageStretch Stretch(IEnumerable<UsagePoint> points)
    {
        var all = points.ToList();
        return new UsageStretch(all[0].At, all.Count, Combine(all, Enumerable.Average, Enumerable.Average), Combine(all, Enumerable.Min, Enumerable.Min), Combine(all, Enumerable.Max, Enumerable.Max));
    }

    private static UsageLevels Combine(List<UsagePoint> points, Func<IEnumerable<double>, double> combine, Func<IEnumerable<double?>, double?> known) => new(
        combine(points.Select(point => point.Levels.CpuPercent)),
        new MemorySize((long)combine(points.Select(point => (double)point.Levels.Memory.Bytes))),
        (int)Math.Round(combine(points.Select(point => (double)point.Levels.Processes))),
        (long)combine(points.Select(point => (double)point.Levels.ReadRate)),
        (long)combine(points.Select(point => (double)point.Levels.WriteRate)),
        known(points.Select(point => point.Levels.GpuPercent)),
        known(points.Select(point => (double?)point.Levels.GpuMemory?.Bytes)) is { } bytes ? new MemorySize((long)bytes) : null);
}
