using Torc.Shared.Quantities;
using Xunit;

namespace Torc.Tests.Quantities;

public sealed class MemoryTextTests
{
    [Theory]
    [InlineData("512m", 512L << 20)]
    [InlineData("4g", 4L << 30)]
    [InlineData("4G", 4L << 30)]
    [InlineData("4gb", 4L << 30)]
    [InlineData("4GiB", 4L << 30)]
    [InlineData("4 Gi", 4L << 30)]
    [InlineData("1.5g", 3L << 29)]
    [InlineData("64k", 64L << 10)]
    [InlineData("1t", 1L << 40)]
    [InlineData("1048576", 1L << 20)]
    [InlineData("300b", 300L)]
    [InlineData("0.1k", 103L)]
    [InlineData("007m", 7L << 20)]
    public void Units_are_powers_of_1024_however_they_are_spelled(string text, long bytes)
    {
        Assert.Equal(new MemorySize(bytes), MemoryText.TryParse(text, out var problem));
        Assert.Null(problem);
    }

    [Theory]
    [InlineData("4", "must have a unit: 4 what?", "write 4m or 4g")]
    [InlineData("1048575", "must have a unit: 1048575 what?", "write 1048575m or 1048575g")]
    [InlineData("12 parsecs", "must be an amount like 512m or 4g, not \"12 parsecs\"", "use k, m, g or t (powers of 1024), for example 12g")]
    [InlineData("-1g", "must be an amount like 512m or 4g, not \"-1g\"", null)]
    [InlineData("1e9", "must be an amount like 512m or 4g, not \"1e9\"", null)]
    [InlineData("", "must be an amount like 512m or 4g, not \"\"", null)]
    [InlineData("0m", "must be more than nothing, not \"0m\"", null)]
    [InlineData("0", "must be more than nothing, not 0", null)]
    [InlineData("99999999999999999999999999999999999999t", "is out of range", null)]
    [InlineData("1048577t", "is out of range: \"1048577t\" is more than 1 EiB", null)]
    public void What_is_no_amount_is_refused_with_a_way_out(string text, string message, string? help)
    {
        Assert.Null(MemoryText.TryParse(text, out var problem));
        Assert.StartsWith(message, problem!.Message, StringComparison.Ordinal);
        Assert.Equal(help ?? problem.Help, problem.Help);
    }

    [Theory]
    [InlineData("2GB", "2GiB")]
    [InlineData("2gb", "2GiB")]
    [InlineData("1.5mb", "1.5MiB")]
    [InlineData("2g", null)]
    [InlineData("2GiB", null)]
    [InlineData("300b", null)]
    public void A_unit_that_elsewhere_means_1000_has_a_clearer_spelling(string text, string? clearer) => Assert.Equal(clearer, MemoryText.Clearer(text));
}
