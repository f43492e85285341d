using System.Text.RegularExpressions;
using CsCheck;
using Torc.Shared.Specs;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Parameters;
using Torc.Shared.Specs.Patterns;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.Specs;

/// <summary>Compares what patterns find with every name held against a regular expression of the usual kind.</summary>
public sealed class NamePatternsPropertyTests
{
    private static readonly Gen<string> Name = Gen.Char["ab_.1-"].Array[1, 6].Select(letters => new string(letters));

    private static readonly Gen<string> Piece = Gen.OneOf(
        "a", "b", "_", "1", "-", @"\.", @"\-", ".", "a*", "b?", "a+", "1{2}", "a{0,1}", @"\.*", @"\.?", "[ab]", "[^a]", "(a|b)", "(?:ab)*", "^", "$", "|", @"\w", @"\d", @"\*", "(?<x>a)", "(?P<y>b)", "é", "}", "]");

    private static readonly Gen<string> Pattern = Gen.Select(
        Gen.OneOf("", "^", "^a", "^ab", @"^a\.", "^(?i)"), Piece.Array[0, 5].Select(string.Concat), Gen.OneOf("", "$"), (start, middle, end) => start + middle + end);

    [Fact]
    public void Patterns_find_the_names_that_a_search_through_all_finds() => Gen.Select(Name.Array[0, 12], Pattern.Array[1, 4]).Sample(
        (names, patterns) =>
        {
            var problems = new SpecProblems(new SpecText("x"));
            var found = new NamePatterns(problems, new PatternBudget(), "job", names.Length, position => names[position]);

            foreach (string pattern in patterns)
            {
                // A list may come in any order when the whole name is given.
                Assert.Equal(Search(pattern, names), found.Find(pattern, Template(problems, pattern))?.Order());
            }
        },
        iter: 2_000);

    [Fact]
    public void An_escaped_text_finds_just_itself() => Gen.Select(Gen.Char[@"ab\.[]{}()*+?|^$-# "].Array[1, 5], Gen.Char[@"ab\.[]{}()*+?|^$-# "].Array[1, 5]).Sample(
        (text, other) =>
        {
            string pattern = $"^{NamePatterns.Escape(new string(text))}$";

            Assert.Matches(pattern, new string(text));
            Assert.Equal(text.SequenceEqual(other), Regex.IsMatch(new string(other), pattern, RegexOptions.CultureInvariant, Waiting.Patience));
        });

    [Theory]
    [InlineData("(a{1000}){1000}")]
    [InlineData("((a{100}){100}){100}")]
    [InlineData("(((((a{30}){30}){30}){30}){30})b")]
    [InlineData("(a+)+$")]
    [InlineData("(a|aa)+$")]
    [InlineData("(.*a){30}")]
    public async Task A_pattern_made_to_take_forever_takes_no_time(string pattern)
    {
        var problems = new SpecProblems(new SpecText("x"));
        string[] names = [.. Enumerable.Range(0, 100).Select(number => new string('a', 100 + number) + "b")];

        var search = Task.Run(() => new NamePatterns(problems, new PatternBudget(), "job", names.Length, position => names[position]).Find(pattern, Template(problems, pattern)), TestContext.Current.CancellationToken);

        Assert.Same(search, await Task.WhenAny(search, Task.Delay(Waiting.Patience, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public void Patterns_that_would_look_at_too_many_names_are_refused()
    {
        var problems = new SpecProblems(new SpecText("x"));
        var patterns = new NamePatterns(problems, new PatternBudget(), "job", SpecLimits.PatternTests + 1, _ => "a");

        // So many that a sum of all that they would look at is beyond what an int holds.
        Assert.All(Enumerable.Range(0, 150), number => Assert.Null(patterns.Find($"a{{{number}}}", Template(problems, "x"))));

        Assert.Equal("regular expressions would be compared with more than 20,000,000 names", problems.ToList()[0].Message);
    }

    private static List<int>? Search(string pattern, string[] names)
    {
        // Here a name is for one group; the runtime takes several of one name.
        if (pattern.Split("(?<x>").Length > 2 || pattern.Split("(?P<y>").Length > 2)
        {
            return null;
        }

        try
        {
            var expression = new Regex(pattern.Replace("(?P<", "(?<", StringComparison.Ordinal), RegexOptions.CultureInvariant, Waiting.Patience);
            return [.. Enumerable.Range(0, names.Length).Where(position => expression.IsMatch(names[position]))];
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static TextTemplate Template(SpecProblems problems, string text) =>
        TextTemplate.Parse(problems, new SpecNode.Scalar(new TextSpan(0, 1), ScalarKind.Text, text), SpecPath.Top, ParameterSpace.Single);
}
