using Torc.Shared.Texts;
using Xunit;

namespace Torc.Tests.Texts;

public sealed class TextLinesTests
{
    [Theory]
    [InlineData("abcdefghij", "abcdefghij", "")]
    [InlineData("abcdefghij", "abcdeXghij", "d e -f +X g h")]
    [InlineData("abcdefghij", "XbcdefghiY", "-a +X b c | h i -j +Y")]
    [InlineData("abcdefghij", "abXdefYhij", "a b -c +X d e f -g +Y h i")]
    public void Only_what_differs_is_left_and_what_is_around_it(string before, string after, string expected)
    {
        var pieces = TextLines.Changed(TextLines.Compare(Lines(before), Lines(after)), around: 2);

        Assert.Equal(expected, string.Join(" | ", pieces.Select(piece => string.Join(' ', piece.Select(line => $"{line.Side switch { DiffSide.Before => "-", DiffSide.After => "+", _ => "" }}{line.Text}")))));
    }

    private static string Lines(string letters) => string.Join('\n', letters.AsEnumerable());
}
