using System.Globalization;
using System.Text;

namespace Torc.Shared.Texts;

/// <summary>Makes text from a stranger fit to be shown: short, on one line, and without characters that act instead of showing.</summary>
internal static class Quoting
{
    private const int MaxLength = 80;

    /// <summary>Puts text in double quotes, cut at 80 characters.</summary>
    public static string Quote(string text) => $"\"{Shorten(text)}\"";

    /// <summary>The same without the quotes.</summary>
    public static string Shorten(string text)
    {
        bool cut = text.Length > MaxLength;
        string start = cut ? text[..(char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength)] : text;
        return Escape(start) + (cut ? "…" : "");
    }

    /// <summary>Writes characters that have no picture, or that turn the writing direction, as <c>\u202e</c>.</summary>
    public static string Escape(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~') || !text.EnumerateRunes().Any(IsInvisible))
        {
            return text;
        }

        var escaped = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            escaped.Append(IsInvisible(rune) ? EscapeOf(rune) : rune.ToString());
        }

        return escaped.ToString();
    }

    /// <summary>Names a character for a message: <c>"/"</c>, or <c>U+202E</c> if it cannot be seen.</summary>
    public static string Name(Rune rune) =>
        IsInvisible(rune) ? $"U+{rune.Value.ToString("X4", CultureInfo.InvariantCulture)}" : $"\"{rune}\"";

    private static string EscapeOf(Rune rune) => rune.Value switch
    {
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        <= 0xFFFF => $"\\u{rune.Value.ToString("x4", CultureInfo.InvariantCulture)}",
        _ => $"\\U{rune.Value.ToString("x8", CultureInfo.InvariantCulture)}",
    };

    private static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate;
}
