using System.Text;
using Torc.Shared.Specs;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Texts;
using Xunit;

namespace Torc.Tests.Specs;

public sealed class DiagnosticTextTests
{
    [Fact]
    public void A_problem_is_shown_with_its_line_and_what_to_do()
    {
        const string Spec = """
            name: diamond
            jobs:
              - name: work2
                command: x
                resource_requirements: {num_cpus: 1, memory: 12 parsecs}
                ouput_files: []
            """;

        Assert.Equal(
            """
            error[TORC141]: memory must be an amount like 512m or 4g, not "12 parsecs"
             --> diamond.yaml:5:50   jobs[0].resource_requirements.memory
              |
            5 |     resource_requirements: {num_cpus: 1, memory: 12 parsecs}
              |                                                  ^^^^^^^^^^
              help: use k, m, g or t (powers of 1024), for example 12g

            error[TORC101]: unknown key "ouput_files" in job "work2"
             --> diamond.yaml:6:5   jobs[0].ouput_files
              |
            6 |     ouput_files: []
              |     ^^^^^^^^^^^
              help: did you mean "output_files"?

            """,
            Render(Spec));
    }

    [Fact]
    public void A_byte_order_mark_moves_no_caret() => Assert.Contains("1 | nam: x\n  | ^^^\n", Render("\uFEFFnam: x\nname: w\njobs: []"), StringComparison.Ordinal);

    [Fact]
    public void A_long_line_is_shown_around_its_problem()
    {
        string text = Render($"{{name: w, jobs: [], description: \"{new string('x', 500)}\", wrong: 1, user: \"{new string('y', 500)}\"}}");

        string[] lines = text.Split('\n');
        Assert.All(lines, line => Assert.True(line.Length < 130));
        Assert.Equal("wrong", lines[3].Substring(lines[4].IndexOf('^', StringComparison.Ordinal), lines[4].Count(character => character == '^')));
    }

    [Theory]
    [InlineData("日本語", 6)]
    [InlineData("é", 1)]
    [InlineData("e\u0301\u0323", 1)]
    [InlineData("ｆ１", 4)]
    [InlineData("한글", 4)]
    [InlineData("😀✅", 4)]
    [InlineData("𝒜→★", 3)]
    [InlineData("\u200b", 1)]
    public void Carets_stand_below_what_they_mean_whatever_the_width_of_the_characters_before(string text, int width)
    {
        string[] lines = Render($"name: w\njobs: []\nenv: {{A: \"{text}\", B=: x}}").Split('\n');

        Assert.Equal("3 | env: {A: \"".Length + width + "\", ".Length, lines[4].IndexOf('^', StringComparison.Ordinal));
    }

    [Fact]
    public void Wide_characters_have_two_carets() =>
        Assert.Contains(" |       ^^^^^^^\n", Render("name: w\njobs: []\nenv: {日本語=: x}"), StringComparison.Ordinal);

    [Theory]
    [InlineData("😀")]
    [InlineData("a😀")]
    [InlineData("日")]
    [InlineData("e\u0301")]
    public void A_long_line_is_cut_between_whole_characters(string text)
    {
        string many = string.Concat(Enumerable.Repeat(text, 300));
        string[] lines = Render($"{{name: w, jobs: [], description: \"{many}\", wrong: 1, user: \"{many}\"}}").Split('\n');

        Assert.DoesNotContain(lines[3].EnumerateRunes(), rune => rune == Rune.ReplacementChar);
        Assert.InRange(DisplayWidth.Of(lines[3]), 110, 130);
        Assert.NotEqual('\u0301', lines[3][lines[3].IndexOf('…', StringComparison.Ordinal) + 1]);
        int caret = lines[4].IndexOf('^', StringComparison.Ordinal);
        Assert.Equal(caret, DisplayWidth.Of(lines[3].AsSpan(0, lines[3].IndexOf("wrong", StringComparison.Ordinal))));
    }

    [Fact]
    public void Characters_that_act_on_a_terminal_are_not_printed()
    {
        string text = Render("name: \"a\u001b[31m\"\njobs: []\n\u202eabc: 1");

        Assert.DoesNotContain(text, character => character is '\u001b' or '\u202e');
        Assert.Contains("name \"a\\u001b[31m\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_problem_without_a_place_is_shown_without_a_line() =>
        Assert.Equal(
            "warning[TORC199]: 7 more problems are not shown\n--> a.yaml\n",
            DiagnosticText.Render([new Diagnostic("TORC199", Severity.Warning, "", null, null, null, "7 more problems are not shown", null)], "a.yaml", "x"));

    [Fact]
    public void Every_code_is_different_and_of_one_form()
    {
        string[] codes = [.. typeof(DiagnosticCodes).GetFields().Select(field => (string)field.GetRawConstantValue()!)];

        Assert.Equal(codes, codes.Distinct());
        Assert.All(codes, code => Assert.Matches("^TORC1[0-9]{2}$", code));
    }

    private static string Render(string spec) => DiagnosticText.Render(SpecReader.Read(Encoding.UTF8.GetBytes(spec), "diamond.yaml").Problems, "diamond.yaml", spec);
}
