using System.Buffers;
using System.Globalization;
using System.Text;

namespace Torc.Shared.Texts;

/// <summary>Writes text in double quotes as JSON and YAML have them. Both give an escape the same meaning; YAML asks for more of them.</summary>
internal static class QuotedText
{
    private static readonly char[] Controls = [.. Enumerable.Range(0, 32).Select(code => (char)code)];

    private static readonly SearchValues<char> EscapedInJson = SearchValues.Create([.. Controls, '"', '\\']);

    // Further line breaks (0085, 2028, 2029), control characters, the byte order mark, and what is no character at all.
    private static readonly char[] OnlyInYaml = [.. Enumerable.Range(0x7F, 0x21).Select(code => (char)code), '\u2028', '\u2029', '\uFEFF', '\uFFFE', '\uFFFF'];

    private static readonly SearchValues<char> EscapedInYaml = SearchValues.Create([.. Controls, '"', '\\', .. OnlyInYaml]);

    private static readonly SearchValues<char> OnlyEscaped = SearchValues.Create([.. Controls, .. OnlyInYaml]);

    private static readonly SearchValues<char> OnlyEscapedOrOnLines = SearchValues.Create([.. Controls.Except(['\n', '\t']), .. OnlyInYaml]);

    // Only what JSON asks for is escaped: the text is read again as JSON, never pasted into a page.
    public static void AppendJson(StringBuilder target, string text) => Append(target, text, EscapedInJson);

    public static void AppendYaml(StringBuilder target, string text) => Append(target, text, EscapedInYaml);

    /// <summary>Whether YAML can hold the text on one line without an escape.</summary>
    public static bool IsLine(string text) => !text.AsSpan().ContainsAny(OnlyEscaped);

    /// <summary>The same on several lines, with tabs.</summary>
    public static bool IsLines(string text) => !text.AsSpan().ContainsAny(OnlyEscapedOrOnLines);

    /// <summary>Replaces halves of characters, which no file can hold, by U+FFFD.</summary>
    public static string WellFormed(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            return text;
        }

        var wellFormed = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            wellFormed.Append(rune);
        }

        return wellFormed.ToString();
    }

    private static void Append(StringBuilder target, string text, SearchValues<char> escaped)
    {
        target.Append('"');
        var rest = WellFormed(text).AsSpan();
        for (int plain = rest.IndexOfAny(escaped); plain >= 0; plain = rest.IndexOfAny(escaped))
        {
            target.Append(rest[..plain]);
            _ = rest[plain] switch
            {
                '"' => target.Append("\\\""),
                '\\' => target.Append("\\\\"),
                '\n' => target.Append("\\n"),
                '\r' => target.Append("\\r"),
                '\t' => target.Append("\\t"),
                char character => target.Append("\\u").Append(((int)character).ToString("x4", CultureInfo.InvariantCulture)),
            };
            rest = rest[(plain + 1)..];
        }

        target.Append(rest).Append('"');
    }
}
