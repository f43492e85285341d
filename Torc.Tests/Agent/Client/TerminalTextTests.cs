using Torc.Agent.Client;
using Xunit;

namespace Torc.Tests.Agent.Client;

public sealed class TerminalTextTests
{
    [Theory]
    [InlineData("plain ä 日本\n", "plain ä 日本\n")]
    [InlineData("\u001b[1;31mred\u001b[0m\n", "\u001b[1;31mred\u001b[0m\n\u001b[0m")]
    [InlineData("\u001b[38;5;196mx", "\u001b[38;5;196mx\u001b[0m")]
    [InlineData("\u001b[48;2;1;8;3mx", "\u001b[48;2;1;8;3mx\u001b[0m")]
    [InlineData("\u001b[mx", "\u001b[mx\u001b[0m")]
    public void Text_and_colours_are_shown_and_set_back_at_the_end(string written, string shown) => Assert.Equal(shown, Show(written));

    [Theory]
    [InlineData("\u001b]0;title\u0007", "␛]0;title␇")]
    [InlineData("\u001b]52;c;aGk=\u001b\\", "␛]52;c;aGk=␛\\")]
    [InlineData("\u001b]8;;http://evil\u001b\\x", "␛]8;;http://evil␛\\x")]
    [InlineData("\u001b[2J\u001b[H", "␛[2J␛[H")]
    [InlineData("\u001b[8mhidden", "␛[8mhidden")]
    [InlineData("\u001b[?25l", "␛[?25l")]
    [InlineData("\u001bP$q\"p\u001b\\", "␛P$q\"p␛\\")]
    [InlineData("\u001b[\u001b[31m", "␛[\u001b[31m\u001b[0m")]
    [InlineData("\u001b[99999999999m", "␛[99999999999m")]
    [InlineData("\u009b31m", "\ufffd31m")]
    [InlineData("a\rb", "a␍b")]
    [InlineData("a\r\nb", "a\nb")]
    [InlineData("a\0\b\u007f", "a␀␈␡")]
    [InlineData("a\u202eb\u2066", "a\ufffdb\ufffd")]
    [InlineData("\u001b", "␛")]
    [InlineData("a\r", "a␍")]
    public void All_else_is_a_visible_mark(string written, string shown) => Assert.Equal(shown, Show(written));

    [Fact]
    public void It_does_not_matter_where_a_log_is_cut()
    {
        const string Written = "a\u001b[31mred\u001b[0m\r\n\u001b]0;t\u0007 \u001b[2J\rend";

        for (int cut = 0; cut <= Written.Length; cut++)
        {
            var terminal = new TerminalText();
            Assert.Equal(Show(Written), terminal.Next(Written[..cut]) + terminal.Next(Written[cut..]) + terminal.End());
        }
    }

    [Fact]
    public void A_line_longer_than_10_000_characters_is_cut_and_leaves_no_colour_behind()
    {
        string shown = Show($"\u001b[31m{new string('x', 20_000)}\u001b[0m\nnext");

        Assert.Equal($"\u001b[31m{new string('x', 10_000)} …\u001b[0m\nnext", shown);
    }

    private static string Show(string written)
    {
        var terminal = new TerminalText();
        return terminal.Next(written) + terminal.End();
    }
}
