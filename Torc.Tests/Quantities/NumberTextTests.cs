using Torc.Shared.Quantities;
using Xunit;

namespace Torc.Tests.Quantities;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData("1", 1)]
    [InlineData("0", 0)]
    [InlineData("-5", -5)]
    [InlineData("100", 100)]
    public void Decimal_digits_are_a_whole_number(string text, long expected) => Assert.Equal(expected, NumberText.TryReadWhole(text, -5, 100, out _));

    [Theory]
    [InlineData("010", "must be a whole number, not 010", "write 10")]
    [InlineData("0x10", "must be a whole number, not \"0x10\"", "write 16")]
    [InlineData("0o17", "must be a whole number, not \"0o17\"", "write 15")]
    [InlineData("1_000", "must be a whole number, not \"1_000\"", "write 1000")]
    [InlineData("+5", "must be a whole number, not \"+5\"", "write 5")]
    [InlineData("1.5", "must be a whole number, not 1.5", null)]
    [InlineData("abc", "must be a whole number, not \"abc\"", null)]
    [InlineData("12:30", "must be a whole number, not \"12:30\"", null)]
    [InlineData("", "must be a whole number, not \"\"", null)]
    [InlineData("101", "is out of range: 101 is not between 1 and 100", null)]
    [InlineData("99999999999999999999", "is out of range: 99999999999999999999 is not between 1 and 100", null)]
    [InlineData("1e309", "is out of range: \"1e309\" is not between 1 and 100", null)]
    [InlineData(".inf", "is out of range: \".inf\" is not between 1 and 100", null)]
    [InlineData(".nan", "is out of range: \".nan\" is not between 1 and 100", null)]
    [InlineData("+Infinity", "is out of range: \"+Infinity\" is not between 1 and 100", null)]
    [InlineData("-Infinity", "is out of range: \"-Infinity\" is not between 1 and 100", null)]
    [InlineData("NaN", "is out of range: \"NaN\" is not between 1 and 100", null)]
    [InlineData("-NaN", "is out of range: \"-NaN\" is not between 1 and 100", null)]
    public void Anything_else_is_refused_and_rewritten_where_it_can_be(string text, string message, string? help)
    {
        Assert.Null(NumberText.TryReadWhole(text, 1, 100, out var problem));
        Assert.Equal(new QuantityProblem(message, help), problem);
    }
}
