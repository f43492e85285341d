using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Parameters;
using Xunit;

namespace Torc.Tests.Specs.Parameters;

public sealed class ParameterTextTests
{
    [Theory]
    [InlineData("1:5", "1 2 3 4 5")]
    [InlineData("5:5", "5")]
    [InlineData("1:9:4", "1 5 9")]
    [InlineData("1:10:4", "1 5 9")]
    [InlineData("5:1:-1", "5 4 3 2 1")]
    [InlineData("5:0:-2", "5 3 1")]
    [InlineData("-2:2", "-2 -1 0 1 2")]
    [InlineData("-1:-3:-1", "-1 -2 -3")]
    [InlineData(" 1 : 3 : 1 ", "1 2 3")]
    [InlineData("1:3:", "1 2 3")]
    [InlineData("{1:3}", "1 2 3")]
    [InlineData("{ 1:3 }", "1 2 3")]
    [InlineData("+1:+2", "1 2")]
    [InlineData("007:009", "7 8 9")]
    [InlineData("9223372036854775806:9223372036854775807", "9223372036854775806 9223372036854775807")]
    public void A_range_of_whole_numbers_has_both_of_its_ends(string text, string values) => Assert.Equal(values, Print(text));

    [Theory]
    [InlineData("0:1:0.25", "0 0.25 0.5 0.75 1")]
    [InlineData("0.0:1.0:0.25", "0 0.25 0.5 0.75 1")]
    [InlineData("0.1:0.5:0.1", "0.1 0.2 0.3 0.4 0.5")]
    [InlineData("0:1:0.1", "0 0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9 1")]
    [InlineData("1:0:-0.5", "1 0.5 0")]
    [InlineData("0:1:0.4", "0 0.4 0.8")]
    [InlineData("0.5:2.5", "0.5 1.5 2.5")]
    [InlineData("1e-3:3e-3:1e-3", "0.001 0.002 0.003")]
    [InlineData(".5:1.:.5", "0.5 1")]
    [InlineData("-0.5:0.5:0.5", "-0.5 0 0.5")]
    public void A_range_of_decimals_never_adds_up_errors(string text, string values) => Assert.Equal(values, Print(text));

    [Fact]
    public void A_long_range_of_decimals_ends_exactly()
    {
        var values = ParameterText.TryParse("0:99999:0.1", out _)!;

        Assert.Equal(999_991, values.Count);
        Assert.Equal(("0.3", "99998.9", "99999"), (values[3].ToString(), values[^2].ToString(), values[^1].ToString()));
    }

    [Fact]
    public void Numbers_of_a_decimal_range_are_decimals_and_those_of_a_whole_one_whole()
    {
        Assert.Equal(["0.00", "0.50", "1.00"], ParameterText.TryParse("0:1:0.5", out _)!.Select(value => value.Format(".2f")));
        Assert.Equal(["00", "01"], ParameterText.TryParse("0:1", out _)!.Select(value => value.Format("02d")));
    }

    [Theory]
    [InlineData("[a,b,c]", "a b c")]
    [InlineData(" [ a , b ] ", "a b")]
    [InlineData("[a]", "a")]
    [InlineData("[]", "")]
    [InlineData("[ ]", "")]
    [InlineData("[1,2.50,007,1e-3]", "1 2.5 7 0.001")]
    [InlineData("['007',\"1.0\"]", "007 1.0")]
    [InlineData("['a, b',c]", "a, b|c")]
    [InlineData("[\"a, b\", 'c,d']", "a, b|c,d")]
    [InlineData("[it's, b]", "it's|b")]
    [InlineData("['a\"b', c]", "a\"b|c")]
    [InlineData("[a b, c]", "a b|c")]
    [InlineData("[1:5, b]", "1:5 b")]
    [InlineData("[a,,b]", "a||b")]
    [InlineData("[a,]", "a|")]
    [InlineData("['']", "")]
    [InlineData("[' a ', b]", " a |b")]
    [InlineData("[pytorch:2.4]", "pytorch:2.4")]
    public void A_list_has_its_values_in_order_and_quotes_keep_them_whole(string text, string values)
    {
        var read = ParameterText.TryParse(text, out var problem)!;

        Assert.Null(problem);
        Assert.Equal(values, string.Join(values.Contains('|') ? '|' : ' ', read));
        Assert.Equal(text.Any(char.IsLetterOrDigit) || text.Contains('\''), read.Count > 0);
    }

    [Theory]
    [InlineData("fast", "fast")]
    [InlineData(" fast ", "fast")]
    [InlineData("7", "7")]
    [InlineData("007", "7")]
    [InlineData("1.0", "1")]
    [InlineData("-5", "-5")]
    [InlineData("a,b", "a,b")]
    [InlineData("'a'", "'a'")]
    [InlineData("{a,b}", "{a,b}")]
    [InlineData("[", "[")]
    [InlineData("", "")]
    public void Anything_else_is_one_value(string text, string value) => Assert.Equal(value, Assert.Single(ParameterText.TryParse(text, out _)!).ToString());

    [Theory]
    [InlineData("1:5:0", "has a range whose step is 0: \"1:5:0\"", "write 1:5:1")]
    [InlineData("5:1:0.0", "has a range whose step is 0: \"5:1:0.0\"", "write 5:1:-1")]
    [InlineData("5:1", "has a range without any value: \"5:1\" goes up from 5 and never comes to 1", "write 5:1:-1")]
    [InlineData("1:5:-1", "has a range without any value: \"1:5:-1\" goes down from 1 and never comes to 5", "write 1:5:1")]
    [InlineData("0.5:0.1:0.1", "has a range without any value: \"0.5:0.1:0.1\" goes up from 0.5 and never comes to 0.1", "write 0.5:0.1:-1")]
    [InlineData("1:1000000000", "has a range of 1,000,000,000 values: \"1:1000000000\"; a workflow has at most 1,000,000 jobs", null)]
    [InlineData("0:1000000", "has a range of 1,000,001 values: \"0:1000000\"; a workflow has at most 1,000,000 jobs", null)]
    [InlineData("0:1:0.000001", "has a range of 1,000,001 values: \"0:1:0.000001\"; a workflow has at most 1,000,000 jobs", null)]
    [InlineData("-9223372036854775808:9223372036854775807", "has a range of countless values", null)]
    [InlineData("0:999999999999999999:0.000000000000000001", "has a range of countless values", null)]
    [InlineData("999999999999999999:-999999999999999999:-1e-18", "has a range of countless values", null)]
    [InlineData("10:30:x", "must be a range like 1:10 or 0:1:0.25, not \"10:30:x\"", "write [\"10:30:x\"] if it is one value with a colon")]
    [InlineData("pytorch:2.4", "must be a range like 1:10 or 0:1:0.25, not \"pytorch:2.4\"", "write [\"pytorch:2.4\"] if it is one value with a colon")]
    [InlineData("1:2:3:4", "must be a range like", "write [\"1:2:3:4\"] if it is one value with a colon")]
    [InlineData(":", "must be a range like", "write [\":\"] if it is one value with a colon")]
    [InlineData("1:", "must be a range like", "write [\"1:\"] if it is one value with a colon")]
    [InlineData("1:1e400", "must be a range like", "write [\"1:1e400\"] if it is one value with a colon")]
    [InlineData("1: 2 3", "must be a range like", "write [\"1: 2 3\"] if it is one value with a colon")]
    [InlineData("@values.txt", "must have its values in the spec: \"@values.txt\" names a file", "write them as a list, such as [a, b, c]")]
    public void What_says_no_values_is_refused_with_its_reason(string text, string message, string? help)
    {
        Assert.Null(ParameterText.TryParse(text, out var problem));

        Assert.StartsWith(message, problem!.Message, StringComparison.Ordinal);
        Assert.Equal(help, problem.Help);
    }

    [Fact]
    public void A_million_values_are_read_and_cost_nothing()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();

        var values = ParameterText.TryParse("1:1000000", out _)!;

        Assert.Equal((1_000_000, "1000000"), (values.Count, values[^1].ToString()));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1_000_000);
    }

    [Fact]
    public void A_list_is_no_longer_than_a_workflow() => Assert.Multiple(
        () => Assert.Equal(1_000_000, ParameterText.TryParse($"[{new string(',', 999_999)}]", out _)!.Count),
        () =>
        {
            Assert.Null(ParameterText.TryParse($"[{new string(',', SpecLimits.Jobs)}]", out var problem));
            Assert.StartsWith("has a list of 1,000,001 values", problem!.Message, StringComparison.Ordinal);
        });

    [Theory]
    [InlineData("a'")]
    [InlineData("''")]
    [InlineData(" ")]
    public void A_list_of_a_million_quotes_is_read_in_one_go(string part)
    {
        string text = $"[{new string(' ', 200_000)}{string.Concat(Enumerable.Repeat(part, 400_000))}]";

        Assert.InRange(ParameterText.TryParse(text, out _)!.Count, 0, 1);
    }

    private static string Print(string text)
    {
        var values = ParameterText.TryParse(text, out var problem);
        Assert.Null(problem);
        return string.Join(' ', values!);
    }
}
