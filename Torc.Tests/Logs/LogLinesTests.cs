using System.Text;
using Torc.Shared.Logs;
using Xunit;

namespace Torc.Tests.Logs;

public sealed class LogLinesTests
{
    private const string Text = "one\ntwo\r\n\nfour\nlast";

    [Theory]
    [InlineData(1, 1, "one\n", 1)]
    [InlineData(2, 2, "two\r\n\n", 2)]
    [InlineData(3, 100, "\nfour\nlast", 3)]
    [InlineData(5, 1, "last", 5)]
    [InlineData(6, 1, "", 6)]
    [InlineData(99, 1, "", 6)]
    public void Lines_are_found_by_their_numbers(long from, int lines, string expected, long first)
    {
        var range = LogLines.Find(new MemoryLog(Text), from, lines, 1000, () => true)!.Value;

        Assert.Equal((expected, first), (Text.Substring((int)range.Offset, range.Length), range.FirstLine));
    }

    [Theory]
    [InlineData(6, "one\n")]
    [InlineData(9, "one\ntwo\r\n")]
    [InlineData(2, "on")]
    public void Fewer_are_found_if_they_are_too_large_and_of_a_long_one_the_start(int mostBytes, string expected) =>
        Assert.Equal(expected.Length, LogLines.Find(new MemoryLog(Text), 1, 10, mostBytes, () => true)!.Value.Length);

    [Fact]
    public void Each_of_many_lines_is_found()
    {
        var text = new StringBuilder();
        var starts = new List<int>();
        for (int line = 1; line <= 20_000; line++)
        {
            starts.Add(text.Length);
            text.Append(line).Append('\n');
        }

        var log = new MemoryLog(text.ToString());

        Assert.All(new[] { 1, 2, 199, 1000, 19_999, 20_000 }, line =>
        {
            var range = LogLines.Find(log, line, 1, 1000, () => true)!.Value;
            Assert.Equal((starts[line - 1], line), (range.Offset, range.FirstLine));
            Assert.Equal(line, LogLines.NumberAt(log, range.Offset, () => true));
        });
    }

    [Fact]
    public void One_that_was_left_out_stands_for_the_first_behind_the_gap()
    {
        var log = new MemoryLog(Encoding.UTF8.GetBytes("a1\n????????\na4\na5\n"), new LogPart(0, 3, 1), new LogPart(12, 6, 4));

        Assert.Equal(new LogRange(0, 3, 1), LogLines.Find(log, 1, 10, 1000, () => true));
        Assert.Equal(new LogRange(12, 6, 4), LogLines.Find(log, 2, 10, 1000, () => true));
        Assert.Equal(new LogRange(15, 3, 5), LogLines.Find(log, 5, 10, 1000, () => true));
        Assert.Equal(new LogRange(18, 0, 6), LogLines.Find(log, 6, 10, 1000, () => true));
        Assert.Equal([1L, 4, 5], new long[] { 0, 12, 15 }.Select(offset => LogLines.NumberAt(log, offset, () => true) ?? 0));
    }

    [Fact]
    public void Nobody_waits_for_a_line_that_is_too_far_away() =>
        Assert.Null(LogLines.Find(new MemoryLog(Text), 3, 1, 1000, () => false));
}
