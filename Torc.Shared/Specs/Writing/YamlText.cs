using System.Text;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Notations;
using Torc.Shared.Texts;

namespace Torc.Shared.Specs.Writing;

/// <summary>Finds the plainest way to write a text in YAML from which exactly this text is read again, as a text.</summary>
internal static class YamlText
{
    // The parser loses spaces of a block's first line if there are thousands.
    private const int MaxLeadingSpaces = 80;

    /// <summary>Writes it on one line: as it is, or else in quotes.</summary>
    public static void Append(StringBuilder yaml, string text, YamlPlace place)
    {
        if (IsPlain(text, place))
        {
            yaml.Append(QuotedText.WellFormed(text));
        }
        else if (text.AsSpan().ContainsAny('"', '\\') && QuotedText.IsLine(text))
        {
            yaml.Append('\'').Append(QuotedText.WellFormed(text).Replace("'", "''")).Append('\'');
        }
        else
        {
            QuotedText.AppendYaml(yaml, text);
        }
    }

    /// <summary>
    /// The first line of a literal block, such as <c>|2-</c>: a number of spaces where the text itself begins with a blank,
    /// and what becomes of the line breaks at its end.
    /// </summary>
    /// <returns>Null if a block cannot hold the text, or there is no need for one.</returns>
    public static string? BlockHeader(string text)
    {
        int start = text.AsSpan().IndexOfAnyExcept('\n');
        if (start < 0 || !text.Contains('\n') || !QuotedText.IsLines(text) || HasBlanksAtLineEnd(text))
        {
            return null;
        }

        if (text.AsSpan(start).IndexOfAnyExcept(' ') > MaxLeadingSpaces)
        {
            return null;
        }

        string indicator = text[start] is ' ' or '\t' ? "2" : "";
        return !text.EndsWith('\n') ? $"|{indicator}-" : text.EndsWith("\n\n", StringComparison.Ordinal) ? $"|{indicator}+" : $"|{indicator}";
    }

    private static bool HasBlanksAtLineEnd(string text) =>
        text[^1] is ' ' or '\t' || text.Contains(" \n", StringComparison.Ordinal) || text.Contains("\t\n", StringComparison.Ordinal);

    private static bool IsPlain(string text, YamlPlace place) =>
        YamlScalars.KindOf(text) == ScalarKind.Text
        && QuotedText.IsLine(text)
        && !char.IsWhiteSpace(text[0]) && !char.IsWhiteSpace(text[^1])
        && CanBegin(text)
        && !text.EndsWith(':') && !text.Contains(": ", StringComparison.Ordinal) && !text.Contains(" #", StringComparison.Ordinal)
        && place switch
        {
            YamlPlace.InBrackets => !text.AsSpan().ContainsAny(",[]{}"),
            // The parser takes *: for the name of an alias wherever a word begins.
            YamlPlace.Key => !text.Contains(" *", StringComparison.Ordinal),
            _ => true,
        };

    // As a key, << would merge; at the beginning of a line, --- and ... would end the document.
    private static bool CanBegin(string text) => text[0] switch
    {
        '-' => text.Length > 1 && text[1] != ' ' && !text.StartsWith("---", StringComparison.Ordinal) && !",[]{}".Contains(text[1]),
        '.' => !text.StartsWith("...", StringComparison.Ordinal),
        '<' => text != "<<",
        char first => !"?:,[]{}#&*!|>'\"%@`".Contains(first),
    };
}
