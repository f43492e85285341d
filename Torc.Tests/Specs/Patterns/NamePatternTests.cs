using System.Diagnostics;
using Torc.Shared.Specs;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Parameters;
using Torc.Shared.Specs.Patterns;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.Specs.Patterns;

/// <summary>Regular expressions mean what Rust's regex crate makes of them, for which specs are written.</summary>
public sealed class NamePatternTests
{
    [Theory]
    [InlineData("^job_[[:alpha:]]*$", "job_a job_b job_1 job_:", "job_a job_b")]
    [InlineData("^[[:^digit:]]+$", "ab a1 éé 1", "ab éé")]
    [InlineData("^[[:word:][:space:]-]+$", "a_1 a-b a:b", "a_1 a-b")]
    [InlineData("^[[:foo:]]+$", "foo f:o far", "foo f:o")]
    [InlineData("^[:alpha:]+$", "alpha a:pha beta", "alpha a:pha")]
    [InlineData("^[a-z&&[^b]]*_1$", "a_1 b_1 ab_1", "a_1")]
    [InlineData("^[a-z&&a-f--cd]+$", "ab cd ef g", "ab ef")]
    [InlineData("^[a-d~~c-f]+$", "a c e", "a e")]
    [InlineData("^[[a-c]x]+$", "abx ad [", "abx")]
    [InlineData("^[\\w&&[^_\\d]]+$", "ab a_b a1", "ab")]
    [InlineData("^[]a]+$", "] a] b", "] a]")]
    [InlineData("^[^]a]+$", "] b a", "b")]
    [InlineData("^[--a]+$", "- a b", "- a")]
    [InlineData("^[a-]+$", "- a b", "- a")]
    [InlineData("^[a-c-e]+$", "b - e d", "b - e")]
    [InlineData("^[&a]+$", "& a b", "& a")]
    [InlineData("[a&&b]", "a b ab", "")]
    [InlineData("[^a&&b]", "a b", "a b")]
    [InlineData("^[\\d.]+$", "1.5 1x5", "1.5")]
    [InlineData("\\x41\\x{5F}\\u0031", "A_1 B_1", "A_1")]
    [InlineData("^a\\u{2d}b\\U0000002d\\U{63}$", "a-b-c a-b", "a-b-c")]
    [InlineData("^\\pL_\\pN$", "A_1 1_A", "A_1")]
    [InlineData("^\\PL+$", "A_1 1_2", "1_2")]
    [InlineData("\\p{Greek}|A", "α A B", "α A")]
    [InlineData("\\p{Script=Cyrillic}", "ж A", "ж")]
    [InlineData("\\p{sc!=Latin}", "a aж", "aж")]
    [InlineData("^\\p{Lu}_1$", "A_1 a_1", "A_1")]
    [InlineData("^\\p{General_Category=Uppercase Letter}_1$", "A_1 a_1", "A_1")]
    [InlineData("^\\p{Uppercase}\\p{lowercase}$", "Aa aA", "Aa")]
    [InlineData("^\\p{Alphabetic}+$", "Aé A1", "Aé")]
    [InlineData("^a\\_1\\-b\\/c\\@\\ d$", "a_1-b/c@ d|a_1-b/c@d", "a_1-b/c@ d")]
    [InlineData("(?x) A _ 1  # all", "A_1 B_1", "A_1")]
    [InlineData("(?x) ^ [ a b ] + \\ $", "a |b|a b", "a ")]
    [InlineData("^(?i:a)_b", "A_b a_B a_b", "A_b a_b")]
    [InlineData("^(?i)straße$", "STRAßE straße STRASSE", "STRAßE straße")]
    [InlineData("^(?i)[k-l&&[^l]]$", "K k l \u212a", "K k \u212a")]
    [InlineData("^(?i)ς", "σ Σ ς s", "σ Σ ς")]
    [InlineData("^(?i)\\P{Lu}$", "a A 1", "1")]
    [InlineData("^(?s)A.1(?-s)", "A_1 B_1", "A_1")]
    [InlineData("^(?U)A.*$", "Ab bA", "Ab")]
    [InlineData("^(?m)a$", "a ab", "a")]
    [InlineData("^(?-u)\\w+$", "ab é", "ab")]
    [InlineData("^(?i-u)k$", "K k \u212a", "K k")]
    [InlineData("^(?P<x>A)_(?<y>1)$", "A_1 A_2", "A_1")]
    [InlineData("\\AA_\\d{1,3}\\z", "A_12 A_1234", "A_12")]
    [InlineData("\\bA_1\\b", "A_1 xA_1", "A_1")]
    [InlineData("a$", "a a$ ba", "a ba")]
    [InlineData("^(?:a*)**?$", "aa b", "aa")]
    [InlineData("^a{ 2 }?$", "a aa aaa", "aa")]
    [InlineData("^a{2,}$", "a aa aaa", "aa aaa")]
    [InlineData("^(a||b)$", "a b c", "a b")]
    [InlineData("^\\w+$", "aé a👍 Ⅷ", "aé Ⅷ")]
    [InlineData("^.$", "👍 a ab", "👍 a")]
    [InlineData("^[^a]$", "👍 a b", "👍 b")]
    [InlineData("^[👍😀-😎]+$", "👍😃 👎", "👍😃")]
    [InlineData(".*", "a b", "a b")]
    [InlineData("^.*b", "ab b a", "ab b")]
    [InlineData("", "a b", "a b")]
    [InlineData("}]", "a}] b", "a}]")]
    public void An_expression_matches_what_its_authors_meant(string pattern, string names, string matching)
    {
        string[] all = names.Split(names.Contains('|') ? '|' : ' ');

        var found = Find(pattern, all, out var problems);

        Assert.Empty(problems);
        Assert.Equal(matching.Length == 0 ? [] : matching.Split(names.Contains('|') ? '|' : ' '), found!.Select(position => all[position]));
    }

    [Theory]
    [InlineData("a(?=b)", "looks ahead with \"(?=\" (character 2), which is not supported")]
    [InlineData("(?<!a)b", "looks back with \"(?<!\" (character 1), which is not supported")]
    [InlineData("(a)\\1", "repeats what it found with \"\\1\" (character 4), which is not supported")]
    [InlineData("\\b{start}a", "has \"\\b{start}\" (character 1), which is not supported")]
    [InlineData("\\<a", "has \"\\<\" (character 1), which is not supported")]
    [InlineData("a\\Z", "has \"\\Z\" (character 2), which is not supported")]
    [InlineData("\\p{Klingon}", "has \"\\p{Klingon}\" (character 1), which is not supported")]
    [InlineData("\\p{scx=Greek}", "has \"\\p{scx=Greek}\" (character 1), which is not supported")]
    [InlineData("(?>a)", "has \"(?>\" (character 1), which is not supported")]
    [InlineData("(?#a)", "has \"(?#\" (character 1), which is not supported")]
    [InlineData("(?-u).", "has \".\" without Unicode (character 6), which is not supported")]
    [InlineData("(?-u)[^a]", "has \"[^\" without Unicode (character 6), which is not supported")]
    [InlineData("(?-u)\\W", "has \"\\W\" without Unicode (character 6), which is not supported")]
    [InlineData("(?i-)a", "has \"(?i-)\" (character 1), which is not supported")]
    [InlineData("(b", "cannot be read: \"(\" is never closed (character 1)")]
    [InlineData("b)", "cannot be read: nothing opens this \")\" (character 2)")]
    [InlineData("a[b", "cannot be read: \"[\" is never closed (character 2)")]
    [InlineData("[z-a]", "cannot be read: \"z-a\" is no range (character 2)")]
    [InlineData("[\\d-z]", "cannot be read: \"\\d-z\" is no range (character 2)")]
    [InlineData("[\\b]", "cannot be read: \"\\b\" is no character (character 2)")]
    [InlineData("*a", "cannot be read: nothing stands before \"*\" to be repeated (character 1)")]
    [InlineData("a|{2}", "cannot be read: nothing stands before \"{2}\" to be repeated (character 3)")]
    [InlineData("a{b", "cannot be read: \"{\" must be followed by a number and \"}\" (character 2)")]
    [InlineData("a{,2}", "cannot be read: \"{\" must be followed by a number and \"}\" (character 2)")]
    [InlineData("a{3,2}", "cannot be read: \"{3,2}\" counts nothing (character 2)")]
    [InlineData("\\x{d800}", "cannot be read: \"\\x{d800}\" is no character (character 1)")]
    [InlineData("a\\", "cannot be read: it ends with \"\\\" (character 2)")]
    [InlineData("(?<a>b)(?<a>c)", "cannot be read: \"(?<a>\" gives no group a name of its own (character 8)")]
    public void What_cannot_be_done_as_it_is_meant_is_refused_by_its_name(string pattern, string why)
    {
        Assert.Null(Find(pattern, ["a", "b"], out var problems));

        Assert.Equal($"the regular expression \"{pattern}\" {why}", Assert.Single(problems).Message);
    }

    [Theory]
    [InlineData("\\bⅧ\\b", "where names have marks, or letters that are numbers or symbols")]
    [InlineData("\\p{Alphabetic}", "where names have marks, or letters that are numbers or symbols")]
    [InlineData("(?-u:\\b)a", "where names have letters outside ASCII")]
    public void Kinds_of_letters_are_not_guessed(string pattern, string where)
    {
        Assert.Null(Find(pattern, ["a", "Ⅷ"], out var problems));

        Assert.EndsWith($"looks at kinds of letters, which is not supported {where}", Assert.Single(problems).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(249, null)]
    [InlineData(251, "is nested deeper than 250 (character 251)")]
    public void Brackets_inside_each_other_have_a_limit(int depth, string? why)
    {
        foreach (var (open, close) in new[] { ('(', ')'), ('[', ']') })
        {
            Find(new string(open, depth) + "a" + new string(close, depth), ["a"], out var problems);

            Assert.Equal(why is not null, problems.Any(problem => problem.Message.EndsWith(why ?? "", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void Long_expressions_and_many_of_them_are_refused_before_they_cost_anything()
    {
        var problems = new SpecProblems(new SpecText("x"));
        var budget = new PatternBudget();
        var patterns = new NamePatterns(problems, budget, "job", 1, _ => "a");
        var others = new NamePatterns(problems, budget, "file", 1, _ => "a");
        var watch = Stopwatch.StartNew();

        Assert.Null(patterns.Find(new string('a', 10_001), Template(problems, "x")));
        Assert.All(Enumerable.Range(0, 2_000), number => Assert.NotNull(patterns.Find($"{number}?", Template(problems, "x"))));
        Assert.All(Enumerable.Range(0, 2_000), number => Assert.NotNull(others.Find($"{number}?", Template(problems, "x"))));
        Assert.All(Enumerable.Range(0, 300_000), number => Assert.Null(others.Find($"[a{number}]", Template(problems, "x"))));

        Assert.True(watch.Elapsed < Waiting.Patience);
        Assert.Equal(
            ["the regular expression \"" + new string('a', 80) + "…\" is longer than 10,000 characters",
             "there are more than 4,000 different regular expressions, or they have more than 200,000 characters"],
            problems.ToList().Select(problem => problem.Message).Order());
    }

    [Theory]
    [InlineData("(?i:[\\w&&[^a]]\\PL)", 500)]
    [InlineData("\\w{50}", 100)]
    [InlineData("[\\w\\D\\pL\\PN]", 700)]
    [InlineData("(a|bc)", 1_600)]
    [InlineData("((((((((((a*)*)*)*)*)*)*)*)*)*)*", 300)]
    [InlineData("[é👍]", 1_500)]
    public void The_worst_expressions_that_are_allowed_take_no_time(string part, int times)
    {
        var watch = Stopwatch.StartNew();

        Find(string.Concat(Enumerable.Repeat(part, times)), ["aé👍", .. Enumerable.Range(0, 100).Select(number => new string('a', 155 + number))], out _);

        Assert.True(watch.Elapsed < Waiting.Patience, $"{watch.Elapsed}");
    }

    private static IReadOnlyList<int>? Find(string pattern, string[] names, out IReadOnlyList<Diagnostic> said)
    {
        var problems = new SpecProblems(new SpecText("x"));
        var found = new NamePatterns(problems, new PatternBudget(), "job", names.Length, position => names[position]).Find(pattern, Template(problems, pattern));
        said = problems.ToList();
        return found;
    }

    private static TextTemplate Template(SpecProblems problems, string text) =>
        TextTemplate.Parse(problems, new SpecNode.Scalar(new TextSpan(0, 1), ScalarKind.Text, text), SpecPath.Top, ParameterSpace.Single);
}
