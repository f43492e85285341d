using System.Globalization;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Texts;

namespace Torc.Shared.Specs.Notations;

/// <summary>Finds the backslash that the YAML parser refused, in a text in double quotes.</summary>
internal static class YamlEscapes
{
    // The raw form is \u and four hexadecimal digits.
    private const int UnitLength = 6;

    /// <param name="refusedAt">Where the parser was: at the backslash or somewhere after it; null if it did not say.</param>
    /// <param name="from">Where to begin if it did not say.</param>
    /// <returns>Null if there is none.</returns>
    public static (TextSpan At, string Message, string? Help)? Explain(string text, int? refusedAt, int from)
    {
        int backslash = refusedAt is { } end ? text.LastIndexOf('\\', Math.Min(end, text.Length - 1)) : FirstHalf(text, from);
        if (backslash < 0 || backslash + 1 >= text.Length)
        {
            return null;
        }

        if (UnitAt(text, backslash) is { } unit && char.IsSurrogate(unit))
        {
            return (
                new TextSpan(backslash, backslash + UnitLength), $"{text.Substring(backslash, UnitLength)} is half of a character",
                "write both halves, or the character itself");
        }

        string shown = Quoting.Shorten(text.Substring(backslash, char.IsHighSurrogate(text[backslash + 1]) && backslash + 2 < text.Length ? 3 : 2));
        return (
            new TextSpan(backslash, backslash + 2),
            text[backslash + 1] switch
            {
                'x' => "\\x wants two hexadecimal digits",
                'u' => "\\u wants four hexadecimal digits",
                'U' => "\\U wants the eight hexadecimal digits of a character",
                _ => $"YAML has no {shown} in double quotes",
            },
            "write \\\\ for a backslash, or use single quotes");
    }

    private static int FirstHalf(string text, int from)
    {
        int found = text.IndexOf("\\u", from, StringComparison.Ordinal);
        while (found >= 0)
        {
            bool isWhole = UnitAt(text, found) is not { } unit || !char.IsSurrogate(unit);
            if (!isWhole && !(char.IsHighSurrogate(UnitAt(text, found)!.Value) && UnitAt(text, found + UnitLength) is { } low && char.IsLowSurrogate(low)))
            {
                return found;
            }

            found = text.IndexOf("\\u", found + (isWhole ? 2 : 2 * UnitLength), StringComparison.Ordinal);
        }

        return -1;
    }

    private static char? UnitAt(string text, int backslash) =>
        backslash + UnitLength <= text.Length && text[backslash] == '\\' && text[backslash + 1] == 'u'
        && ushort.TryParse(text.AsSpan(backslash + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort unit)
            ? (char)unit
            : null;
}
