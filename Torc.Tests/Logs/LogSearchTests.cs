using System.Globalization;
using System.Text;
using Torc.Shared.Logs;
using Xunit;

namespace Torc.Tests.Logs;

public sealed class LogSearchTests
{
    [Theory]
    [InlineData("b", false, false, "2:2:ab b,4:10:b")]
    [InlineData("B", false, true, "2:2:ab b,4:10:b")]
    [InlineData("^b$", true, false, "4:10:b")]
    [InlineData("^A", true, true, "1:0:a,2:2:ab b")]
    [InlineData("^$", true, false, "5:12:")]
    [InlineData("(b)(b)*", true, false, "2:2:ab b,4:10:b")]
    [InlineData(".", false, false, "")]
    public void Lines_are_found_with_their_numbers_and_offsets(string pattern, bool isRegex, bool ignoreCase, string expected)
    {
        var found = Search("a\nab b\nc\r\nb\n\nend", pattern, isRegex, ignoreCase);

        Assert.Equal(expected, string.Join(',', found.Matches.Select(Told)));
        Assert.Equal(found.Matches.Count, found.Count);
        Assert.True(found.IsComplete);
    }

    [Fact]
    public void The_last_line_counts_without_its_end_and_a_carriage_return_is_none_of_a_line() =>
        Assert.Equal(["2:3:xb", "3:7:xb"], Search("a\r\nxb\r\nxb", "xb$", isRegex: true).Matches.Select(Told));

    [Fact]
    public void All_are_counted_and_some_are_answered()
    {
        string text = string.Concat(Enumerable.Range(1, 5000).Select(number => $"line {number}\n"));

        var found = Search(text, "line", fromLine: 3000, limit: 10);

        Assert.Equal((5000, 10, true), (found.Count, found.Matches.Count, found.HasMore));
        Assert.Equal(Enumerable.Range(3000, 10).Select(number => (long)number), found.Matches.Select(match => match.Line));
        Assert.False(Search(text, "line", fromLine: 4991, limit: 10).HasMore);
    }

    [Fact]
    public void A_long_line_is_answered_in_part_and_all_lines_together_fit_into_a_message()
    {
        string text = string.Concat(Enumerable.Repeat($"{new string('x', 30_000)}\n", 100));

        var found = Search(text, "x", limit: 1000);

        Assert.Equal(100, found.Count);
        Assert.All(found.Matches, match => Assert.Equal(LogSearch.LongestText, match.Text.Length));
        Assert.Equal((20, true), (found.Matches.Count, found.HasMore));
    }

    [Fact]
    public void A_line_without_end_is_one_line_however_long_it_is()
    {
        byte[] text = new byte[5 << 20];
        "needle"u8.CopyTo(text.AsSpan(1 << 19));
        "needle"u8.CopyTo(text.AsSpan((4 << 20) + 5));

        foreach (bool isRegex in new[] { false, true })
        {
            var found = LogSearch.Run(new MemoryLog(text), Pattern("needle", isRegex), 1, 10, () => true);

            Assert.Equal((1, 1L, 0L), (found.Count, Assert.Single(found.Matches).Line, found.Matches[0].Offset));
        }
    }

    [Theory]
    [InlineData("ok\nTraceback (most recent call last):\nKeyError: 1", 2)]
    [InlineData("ok\nran\nValueError: no\nTraceback", 3)]
    [InlineData("Segmentation fault (core dumped)", 1)]
    [InlineData("a\nb\nfatal: not a git repository", 3)]
    [InlineData("slurmstepd: task 0: Killed", 1)]
    [InlineData("all terrors are gone\nskill", 0)]
    public void The_first_line_that_tells_of_an_error_is_named(string text, long line) =>
        Assert.Equal(line, Search(text, "nothing of that").FirstError?.Line ?? 0);

    [Fact]
    public void Bytes_that_are_no_text_are_searched_all_the_same()
    {
        byte[] junk = [0, 0xff, 0xfe, (byte)'\n', 0xc3, (byte)'a', (byte)'\n', 0x80];

        Assert.Equal(2, Assert.Single(LogSearch.Run(new MemoryLog(junk), Pattern("a$", isRegex: true), 1, 10, () => true).Matches).Line);
        Assert.Equal(2, Assert.Single(LogSearch.Run(new MemoryLog(junk), Pattern("a", isRegex: false), 1, 10, () => true).Matches).Line);
    }

    [Fact]
    public void What_was_left_out_keeps_its_line_numbers()
    {
        byte[] text = Encoding.UTF8.GetBytes("a1\n????????\na4\na5\n");
        var log = new MemoryLog(text, new LogPart(0, 3, 1), new LogPart(12, 6, 4));

        Assert.Equal(["1:0:a1", "4:12:a4", "5:15:a5"], LogSearch.Run(log, Pattern("a", isRegex: false), 1, 10, () => true).Matches.Select(Told));
    }

    [Fact]
    public void One_that_takes_too_long_says_how_far_it_got()
    {
        int asked = 0;
        var found = LogSearch.Run(new MemoryLog(string.Concat(Enumerable.Repeat("line\n", 2000))), Pattern("line", isRegex: false), 1, 10, () => ++asked <= 4);

        Assert.False(found.IsComplete);
        Assert.NotNull(found.Note);
        Assert.InRange(found.SearchedBytes, 1, 9999);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("a\nb", false)]
    [InlineData("(", true)]
    [InlineData("[a", true)]
    [InlineData("(?=a)b", true)]
    [InlineData("(a)\\1", true)]
    public void What_is_no_pattern_is_refused_in_words(string pattern, bool isRegex)
    {
        Assert.Null(LogPattern.TryCreate(pattern, isRegex, ignoreCase: false, out string? problem));
        Assert.EndsWith(".", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pattern_that_makes_others_hang_takes_no_longer_than_its_line()
    {
        var found = Search(new string('a', 50_000) + "!", "^(a+)+$", isRegex: true);

        Assert.Equal((0, true), (found.Count, found.IsComplete));
    }

    private static LogMatches Search(string text, string pattern, bool isRegex = false, bool ignoreCase = false, long fromLine = 1, int limit = 100) =>
        LogSearch.Run(new MemoryLog(text), Pattern(pattern, isRegex, ignoreCase), fromLine, limit, () => true);

    private static LogPattern Pattern(string pattern, bool isRegex, bool ignoreCase = false) => LogPattern.TryCreate(pattern, isRegex, ignoreCase, out _)!;

    private static string Told(LogMatch match) => string.Create(CultureInfo.InvariantCulture, $"{match.Line}:{match.Offset}:{match.Text}");
}
