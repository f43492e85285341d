using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Parameters;
using Xunit;

namespace Torc.Tests.Specs.Parameters;

public sealed class TextTemplateTests
{
    [Theory]
    [InlineData("w_{i}", "w_7")]
    [InlineData("{i}{i}{i}", "777")]
    [InlineData("{i:03d} and {i}", "007 and 7")]
    [InlineData("{i:03d}_{i:05d}_{x:.3f}_{x}", "007_00007_0.500_0.5")]
    [InlineData("${i} {i}", "${i} 7")]
    [InlineData("$${i}", "$${i}")]
    [InlineData("$ {i}", "$ 7")]
    [InlineData("${files.input.d_{i}}", "${files.input.d_7}")]
    [InlineData("${files.input.d_{i:02d}} {i}", "${files.input.d_07} 7")]
    [InlineData("{{i}}", "{7}")]
    [InlineData("{{{i}}}", "{{7}}")]
    [InlineData("{j} {i}", "{j} 7")]
    [InlineData("{I} { i } {i }", "{I} { i } {i }")]
    [InlineData("{} {:03d} {i", "{} {:03d} {i")]
    [InlineData("}{i}{", "}7{")]
    [InlineData("{a{i}}", "{a7}")]
    [InlineData("awk '{print $1}' {s}", "awk '{print $1}' text")]
    [InlineData("{i:d}", "7")]
    [InlineData("{x:03d}{s:03d}", "0.5text")]
    [InlineData("{trap}{i}", "{i}7")]
    public void Every_place_is_filled_once_and_nothing_else_changes(string text, string filled) => Assert.Equal(filled, Fill(text, out _));

    [Theory]
    [InlineData("{i:3d}", "7", "the format \"3d\" of parameter \"i\" is none; its values are written as they are")]
    [InlineData("{x:2f}", "0.5", "the format \"2f\" of parameter \"x\" is none; its values are written as they are")]
    [InlineData("{s:}", "text", "the format \"\" of parameter \"s\" is none; its values are written as they are")]
    public void A_format_that_is_none_is_told(string text, string filled, string message)
    {
        Assert.Equal(filled, Fill(text, out var problems));

        var problem = Assert.Single(problems.ToList());
        Assert.Equal((DiagnosticCodes.BadFormat, Severity.Warning, message), (problem.Code, problem.Severity, problem.Message));
    }

    [Fact]
    public void A_text_that_would_become_too_long_is_a_problem_and_not_made()
    {
        var problems = new SpecProblems(new SpecText("x"));
        var space = new ParameterSpace(["p"], [[ParameterValue.Text(new string('y', SpecLimits.TextLength))]], isZip: false);
        var text = new SpecNode.Scalar(new TextSpan(0, 1), ScalarKind.Text, string.Concat(Enumerable.Repeat("{p}", 300_000)));

        string filled = TextTemplate.Parse(problems, text, SpecPath.Top, space).Fill(space.Combination(0));

        Assert.Equal(text.Text, filled);
        Assert.Equal("this text becomes longer than 1 MiB", Assert.Single(problems.ToList()).Message);
    }

    private static string Fill(string text, out SpecProblems problems)
    {
        problems = new SpecProblems(new SpecText(text));
        var space = new ParameterSpace(
            ["i", "x", "s", "trap"],
            [[ParameterValue.Whole(7)], [ParameterValue.Decimal(0.5m)], [ParameterValue.Text("text")], [ParameterValue.Text("{i}")]],
            isZip: false);
        var source = new SpecNode.Scalar(new TextSpan(0, text.Length), ScalarKind.Text, text);
        return TextTemplate.Parse(problems, source, SpecPath.Top, space).Fill(space.Combination(0));
    }
}
