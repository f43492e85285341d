using Torc.Shared.Metrics;
using Torc.Shared.Quantities;
using Xunit;

namespace Torc.Tests.Metrics;

public sealed class UsageSeriesTests
{
    private static readonly DateTimeOffset Start = new(2026, 5, 4, 14, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_series_is_read_as_it_was_written()
    {
        UsagePoint[] points =
        [
            new(Start, new UsageLevels(98.2, MemorySize.Mebibytes(200), 3, 0, 250)),
            new(Start.AddSeconds(1), new UsageLevels(0, new MemorySize(0), 1)),
            new(Start.AddSeconds(2.1), new UsageLevels(12.5, new MemorySize(77 * 1024), 255, 17, 0, 0, new MemorySize(0))),
            new(Start.AddHours(3), new UsageLevels(0.1, MemorySize.Mebibytes(1), 2, 1, 1, 12.5, MemorySize.Gibibytes(2))),
        ];

        Assert.Equal([98.4, 0, 12.5, 0.1], UsageSeries.Read(UsageSeries.Write(points)).Select(point => point.Levels.CpuPercent));
        Assert.Equal(
            points.Select(point => point with { Levels = point.Levels with { CpuPercent = 0 } }),
            UsageSeries.Read(UsageSeries.Write(points)).Select(point => point with { Levels = point.Levels with { CpuPercent = 0 } }));
    }

    [Fact]
    public void No_points_are_a_series_too() => Assert.Empty(UsageSeries.Read(UsageSeries.Write([])));

    [Theory]
    [InlineData(300)]
    [InlineData(123_456_789)]
    [InlineData(long.MaxValue >> 1)]
    public void A_level_is_kept_to_half_a_percent(long bytes)
    {
        var read = Assert.Single(UsageSeries.Read(UsageSeries.Write([new(Start, new UsageLevels(0, default, ReadRate: bytes))])));

        Assert.InRange(read.Levels.ReadRate, bytes * 0.995, bytes * 1.005);
    }

    [Fact]
    public void Whatever_is_measured_more_is_never_kept_as_less()
    {
        int[] numbers = [.. Enumerable.Range(0, 100_000).Select(value => RoughNumber.Of(value))];

        Assert.Equal(numbers.Order(), numbers);
        Assert.All(numbers.Distinct(), number => Assert.Equal(number, RoughNumber.Of(RoughNumber.Value(number))));
    }

    [Fact]
    public void A_day_of_a_busy_job_at_a_point_a_second_takes_no_more_than_200_KB()
    {
        // A job on four CPUs with a GPU that trains: it flickers, its memory grows and is collected, and every half minute it writes.
        var random = new Random(1);
        var points = new List<UsagePoint>();
        for (int second = 0; second < 24 * 3600; second++)
        {
            points.Add(new UsagePoint(
                Start.AddMilliseconds((second * 1003) + random.Next(5)),
                new UsageLevels(
                    380 + (random.NextDouble() * 15),
                    MemorySize.Mebibytes(2000 + (second % 600) + random.Next(3)),
                    6 + (second % 100 == 0 ? 1 : 0),
                    second % 30 == 3 ? random.Next(1 << 28) : 0,
                    second % 30 < 2 ? random.Next(1 << 28) : 0,
                    90 + random.Next(8),
                    MemorySize.Gibibytes(40))));
        }

        int bytes = points.Chunk(UsageSeries.MostPoints).Sum(piece => UsageSeries.Write(piece).Length);

        TestContext.Current.TestOutputHelper?.WriteLine($"{bytes} bytes for {points.Count} points");
        Assert.InRange(bytes, 20_000, 200_000);
    }

    [Theory]
    [InlineData("")]
    [InlineData("02")]
    [InlineData("01")]
    [InlineData("0100ff")]
    public void What_is_no_series_is_refused(string hex) => Assert.Throws<InvalidDataException>(() => UsageSeries.Read(Convert.FromHexString(hex)));

    [Fact]
    public void A_series_that_was_cut_or_damaged_is_refused_or_read_and_nothing_worse()
    {
        byte[] whole = UsageSeries.Write([.. Enumerable.Range(0, 300).Select(second => new UsagePoint(Start.AddSeconds(second), new UsageLevels(second, new MemorySize(second << 20))))]);
        for (int index = 0; index < whole.Length; index++)
        {
            byte[] damaged = [.. whole];
            damaged[index] ^= 0x55;

            Assert.True(Record.Exception(() => UsageSeries.Read(damaged)) is null or InvalidDataException or ArgumentOutOfRangeException, $"byte {index}");
            Assert.Throws<InvalidDataException>(() => UsageSeries.Read(whole.AsSpan(0, index)));
        }
    }
}
