using Torc.Shared.Metrics;
using Torc.Shared.Quantities;
using Xunit;

namespace Torc.Tests.Metrics;

public sealed class DownsamplingTests
{
    private static readonly DateTimeOffset Start = new(2026, 5, 4, 14, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Few_points_stay_as_they_are()
    {
        var stretches = Downsampling.To(3, Points(5, 1, 9));

        Assert.Equal([5.0, 1, 9], stretches.Select(stretch => stretch.Mean.CpuPercent));
        Assert.All(stretches, stretch => Assert.Equal((1, stretch.Mean, stretch.Mean), (stretch.Points, stretch.Lowest, stretch.Highest)));
    }

    [Fact]
    public void A_peak_of_one_second_in_a_day_is_still_the_highest()
    {
        var points = Points([.. Enumerable.Range(0, 86_400).Select(second => second == 54_321 ? 900.0 : 50)]);

        var stretches = Downsampling.To(500, points);

        Assert.InRange(stretches.Count, 400, 500);
        Assert.Equal(900, stretches.Max(stretch => stretch.Highest.CpuPercent));
        Assert.Equal(50, stretches.Min(stretch => stretch.Lowest.CpuPercent));
        Assert.Equal(86_400, stretches.Sum(stretch => stretch.Points));
        Assert.InRange(Assert.Single(stretches, stretch => stretch.Highest.CpuPercent == 900).Mean.CpuPercent, 50.1, 60);
    }

    [Fact]
    public void A_gap_stays_a_gap()
    {
        UsagePoint[] points = [.. Points(1, 2, 3, 4), .. Points(5, 6, 7, 8).Select(point => point with { At = point.At.AddHours(1) })];

        Assert.Equal([(4, 1.0, 4.0), (4, 5.0, 8.0)], Downsampling.To(7, points).Select(stretch => (stretch.Points, stretch.Lowest.CpuPercent, stretch.Highest.CpuPercent)));
    }

    [Fact]
    public void What_no_driver_told_stays_unknown()
    {
        UsagePoint[] points = [.. Points(1, 2, 3).Select((point, index) => index == 1 ? point with { Levels = point.Levels with { GpuPercent = 40, GpuMemory = MemorySize.Gibibytes(1) } } : point)];

        var all = Assert.Single(Downsampling.To(1, points));

        Assert.Equal((40, 40, 40, MemorySize.Gibibytes(1)), (all.Lowest.GpuPercent, all.Mean.GpuPercent, all.Highest.GpuPercent, all.Mean.GpuMemory));
        Assert.Null(Assert.Single(Downsampling.To(1, Points(1, 2))).Mean.GpuPercent);
    }

    private static UsagePoint[] Points(params double[] percents) =>
        [.. percents.Select((percent, second) => new UsagePoint(Start.AddSeconds(second), new UsageLevels(percent, MemorySize.Mebibytes(5))))];
}
