using CsCheck;
using Torc.Shared.Quantities;
using Xunit;

namespace Torc.Tests.Quantities;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData("PT30M", "00:30:00")]
    [InlineData("P1DT12H", "1.12:00:00")]
    [InlineData("PT1.5H", "01:30:00")]
    [InlineData("pt90s", "00:01:30")]
    [InlineData("P2W", "14.00:00:00")]
    [InlineData("1h30m", "01:30:00")]
    [InlineData("90m", "01:30:00")]
    [InlineData("1.5h", "01:30:00")]
    [InlineData("3 min 5 s", "00:03:05")]
    [InlineData("2 d 4 h", "2.04:00:00")]
    [InlineData("0.5s", "00:00:00.5")]
    [InlineData("01:30:00", "01:30:00")]
    [InlineData("48:00:00", "2.00:00:00")]
    [InlineData("1-02:00:00", "1.02:00:00")]
    [InlineData("36500d", "36500.00:00:00")]
    [InlineData("P0Y0M0DT4H0M0S", "04:00:00")]
    [InlineData("P0Y2D", "2.00:00:00")]
    [InlineData("P0M1W", "7.00:00:00")]
    public void Each_form_that_people_write_is_read(string text, string expected)
    {
        Assert.Equal(TimeSpan.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), DurationText.TryParse(text, out var problem));
        Assert.Null(problem);
    }

    [Theory]
    [InlineData("90", "must have a unit: 90 what?", "write 90s, 90m or 90h")]
    [InlineData("01:30", "must say hours, minutes and seconds: \"01:30\" could be either two of them", "write 01:30:00 or 00:01:30")]
    [InlineData("P1M", "must not count years or months, whose length varies: \"P1M\"", "write days, as in P30D")]
    [InlineData("P0Y1M", "must not count years or months, whose length varies: \"P0Y1M\"", "write days, as in P30D")]
    [InlineData("P0Y", "must be longer than nothing, not \"P0Y\"", null)]
    [InlineData("P", "must be a duration like 90m or 1h30m, not \"P\"", null)]
    [InlineData("PT", "must be a duration", null)]
    [InlineData("P1DT", "must be a duration", null)]
    [InlineData("", "must be a duration", null)]
    [InlineData("30m1h", "must be a duration", null)]
    [InlineData("1h30", "must be a duration", null)]
    [InlineData("1h ", "must be a duration", null)]
    [InlineData("1:60:00", "must be a duration", null)]
    [InlineData("-1h", "must be a duration", null)]
    [InlineData("soon", "must be a duration like 90m or 1h30m, not \"soon\"", "write 90s, 90m, 1h30m, 01:30:00 or PT1H30M")]
    [InlineData("0s", "must be longer than nothing, not \"0s\"", null)]
    [InlineData("36501d", "is out of range: \"36501d\" is longer than 36500 days", null)]
    [InlineData("P99999999999999999999999999999999999999D", "is out of range", null)]
    public void What_is_no_duration_is_refused_with_a_way_out(string text, string message, string? help)
    {
        Assert.Null(DurationText.TryParse(text, out var problem));
        Assert.StartsWith(message, problem!.Message, StringComparison.Ordinal);
        Assert.Equal(help ?? problem.Help, problem.Help);
    }

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(0.04, "0.04 s")]
    [InlineData(1.6, "1.6 s")]
    [InlineData(20, "20 s")]
    [InlineData(59.94, "59.9 s")]
    [InlineData(59.96, "1 min")]
    [InlineData(185, "3 min 5 s")]
    [InlineData(3599.6, "1 h")]
    [InlineData(5400, "1 h 30 min")]
    [InlineData(86_399, "1 d")]
    [InlineData(187_200, "2 d 4 h")]
    [InlineData(-1.6, "-1.6 s")]
    public void A_duration_prints_in_two_units_and_never_as_60_of_one(double seconds, string expected) =>
        Assert.Equal(expected, DurationText.Print(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void What_is_printed_is_read_again_as_nearly_the_same() => Gen.Int[1, 3_000_000].Sample(seconds =>
    {
        var duration = TimeSpan.FromSeconds(seconds);

        var read = DurationText.TryParse(DurationText.Print(duration), out _);

        Assert.NotNull(read);
        Assert.InRange(read.Value.TotalSeconds, seconds * 0.97, seconds * 1.03);
    });

    [Fact]
    public void The_longest_and_the_shortest_time_span_print()
    {
        Assert.Equal("10675199 d 3 h", DurationText.Print(TimeSpan.MaxValue));
        Assert.Equal("-10675199 d 3 h", DurationText.Print(TimeSpan.MinValue));
    }
}
