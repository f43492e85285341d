using System.Text;
using Torc.Shared.Contracts;
using Torc.Web.Logs;
using Xunit;

namespace Torc.Tests.Web.Logs;

public sealed class LogCutTests
{
    [Theory]
    [InlineData("one\ntwo\nthree\n", 0, 2, "two\nthree\n")]
    [InlineData("one\ntwo\nthree", 0, 2, "two\nthree")]
    [InlineData("one\ntwo\n", 0, 9, "one\ntwo\n")]
    [InlineData("ne\ntwo\n", 1, 9, "two\n")]
    [InlineData("ne", 1, 9, "ne")]
    [InlineData("", 0, 9, "")]
    public void The_last_lines_begin_where_a_line_does(string text, long offset, int lines, string expected)
    {
        var cut = LogCut.LastLines(Chunk(text, offset, 100), lines);

        Assert.Equal((expected, offset + text.Length - expected.Length), (Encoding.UTF8.GetString(cut.Content), cut.Offset));
    }

    [Theory]
    [InlineData("one\ntwo\nth", 0, 100, "one\ntwo\n", 0)]
    [InlineData("\ntwo\nth", 3, 100, "two\n", 4)]
    [InlineData("ne\ntwo\nth", 1, 100, "two\n", 4)]
    [InlineData("ne\ntwo\nth", 1, 10, "two\nth", 4)]
    [InlineData("xyz", 5, 100, "yz", 6)]
    [InlineData("xyz", 0, 100, "xyz", 0)]
    public void Whole_lines_are_left_or_all_if_there_is_none(string text, long offset, long total, string expected, long from)
    {
        var cut = LogCut.WholeLines(Chunk(text, offset, total));

        Assert.Equal((expected, from), (Encoding.UTF8.GetString(cut.Content), cut.Offset));
    }

    [Fact]
    public void What_is_left_knows_in_which_line_it_begins()
    {
        var chunk = Chunk("ne\ntwo\nthree\nfo", 1, 100) with { FirstLine = 41 };

        Assert.Equal((42, 42, 43), (LogCut.WholeLines(chunk).FirstLine, LogCut.LastLines(chunk, 3).FirstLine, LogCut.LastLines(chunk, 2).FirstLine));
        Assert.Null(LogCut.WholeLines(chunk with { FirstLine = null }).FirstLine);
    }

    [Theory]
    [InlineData(new byte[] { 0x61, 0xc3 }, 1)]
    [InlineData(new byte[] { 0x61, 0xc3, 0xa4 }, 3)]
    [InlineData(new byte[] { 0x61, 0xe6, 0x97 }, 1)]
    [InlineData(new byte[] { 0xf0, 0x9f, 0x98 }, 0)]
    [InlineData(new byte[] { 0x61, 0x80, 0x80, 0x80 }, 4)]
    [InlineData(new byte[] { 0x61, 0xff }, 2)]
    [InlineData(new byte[0], 0)]
    public void A_last_character_that_is_not_whole_waits_for_the_rest(byte[] text, int whole) => Assert.Equal(whole, LogCut.WholeCharacters(text));

    private static LogChunk Chunk(string text, long offset, long total) => new(Encoding.UTF8.GetBytes(text), offset, total, Missing: null);
}
