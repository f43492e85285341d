using Torc.Shared.Quantities;
using Xunit;

namespace Torc.Tests.Quantities;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData(-1, "0 s")]
    [InlineData(0, "0 s")]
    [InlineData(0.04, "0 s")]
    [InlineData(0.4, "0.4 s")]
    [InlineData(1, "1 s")]
    [InlineData(1.6, "1.6 s")]
    [InlineData(9.94, "9.9 s")]
    [InlineData(9.95, "10 s")]
    [InlineData(12.4, "12 s")]
    [InlineData(59.6, "1 min")]
    [InlineData(185, "3 min 5 s")]
    [InlineData(300, "5 min")]
    [InlineData(3599.6, "1 h")]
    [InlineData(5400, "1 h 30 min")]
    [InlineData(5459, "1 h 30 min")]
    [InlineData(86_400, "1 d")]
    [InlineData(187_200, "2 d 4 h")]
    public void A_duration_is_told_in_two_units_at_most(double seconds, string expected) =>
        Assert.Equal(expected, DurationText.ForPeople(TimeSpan.FromSeconds(seconds)));
}
