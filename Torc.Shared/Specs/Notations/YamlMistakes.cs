using Torc.Shared.Specs.Documents;
using Torc.Shared.Texts;
using YamlDotNet.Core;

namespace Torc.Shared.Specs.Notations;

/// <summary>Says in a user's words what the YAML parser stumbled over, and where.</summary>
internal static class YamlMistakes
{
    /// <param name="refused">Null if the parser did not say what is wrong.</param>
    /// <param name="readTo">How far the text was in order.</param>
    /// <param name="unclosed">The innermost bracket that is open, if any.</param>
    public static (TextSpan At, string Message, string? Help) Explain(string text, YamlException? refused, int readTo, TextSpan? unclosed)
    {
        string said = refused?.Message ?? "";
        int start = refused is null ? Math.Min(readTo, text.Length) : (int)Math.Min(refused.Start.Index, text.Length);
        int end = refused is null ? start : (int)Math.Clamp(refused.End.Index, start, text.Length);
        var here = new TextSpan(start, start + 1);
        if (TabThatIndents() is { } tab)
        {
            return (new TextSpan(tab, tab + 1), "a tab cannot indent YAML", "use spaces");
        }

        if ((Says("quoted scalar") && Says("escape", "surrogates", "hexadecimal")) || refused is null)
        {
            if (YamlEscapes.Explain(text, refused is null ? null : Says("unknown escape") ? end : end - 1, readTo) is { } escape)
            {
                return escape;
            }
        }

        if (Says("quoted scalar"))
        {
            return Says("wrong indentation") && IsClosed(text, start)
                ? (here, "this text goes on in lines that are not indented", "indent its lines further than the key, or close it on its own line")
                : (here, "this quote is never closed", start < text.Length ? $"a {text[start]} is missing" : null);
        }

        if (unclosed is { } bracket && (refused is null || Says("or '}'", "or ']'", "expected node content", "invalid mapping", "simple key", "end of stream")))
        {
            char opening = text[bracket.Start];
            return IsAtEnd(text, start)
                ? (bracket, $"this \"{opening}\" is never closed", $"a \"{(opening == '[' ? ']' : '}')}\" is missing")
                : (here, $"\",\" or \"{(opening == '[' ? ']' : '}')}\" expected", $"\"{opening}\" was opened before and is still open");
        }

        return Says("cannot start any token") && start < text.Length ? (here, $"a value cannot begin with {Quoting.Quote(text[start].ToString())}", "put the value in quotes")
            : Says("invalid mapping") ? (here, "\":\" is not expected here", "put a value with a colon in quotes; keys of one object begin in one column")
            : Says("expected '-' indicator") ? (here, "\"- \" expected: the list goes on in this column", "begin the items of one list in one column")
            : Says("did not find expected key", "simple key", "expected ':'")
                ? (here, "\"key: value\" expected here", "keys of one object begin in one column; a long text goes in quotes or after |")
            : Says("expected node content") ? (here, "a value is expected here", null)
            : Says("anchor") ? (here, "this is no anchor or alias", "put a text that begins with & or * in quotes")
            : Says("block scalar") ? (here, "after | or > the text begins on the next line, indented by spaces", null)
            : (here, "this is not YAML", "mind the indentation, and put texts with special characters in quotes");

        // The parser names the value or object that it was in; the reader of the message wants the tab. A tab before the first
        // key is passed over, and what follows is no part of the document then.
        int? TabThatIndents() =>
            Says("tab as indentation", "tab character") ? FirstTab(text, readTo)
            : Says("wrong indentation") && FirstTab(text, end) is { } inText && inText < end ? inText
            : Says("cannot start any token") && start < text.Length && text[start] == '\t' ? start
            : Says("<document end>") && FirstTab(text, 0) is { } atStart && text.AsSpan(0, atStart).Trim().IsEmpty ? atStart
            : null;

        bool Says(params ReadOnlySpan<string> words)
        {
            foreach (string word in words)
            {
                if (said.Contains(word, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }

            return false;
        }
    }

    private static bool IsAtEnd(string text, int offset) => text.AsSpan(offset).Trim().IsEmpty;

    // Whether the next quote ends a text, as what follows it shows, or begins another one.
    private static bool IsClosed(string text, int opening)
    {
        int closing = opening + 1;
        while (closing < text.Length && text[closing] != '"')
        {
            closing += text[closing] == '\\' ? 2 : 1;
        }

        return closing < text.Length && (IsAtEnd(text, closing + 1) || text.AsSpan(closing + 1).TrimStart(' ')[0] is '\n' or '\r' or ',' or ']' or '}' or '#' or ':');
    }

    // In the line of an offset or a later one.
    private static int? FirstTab(string text, int from)
    {
        int lineStart = from == 0 ? 0 : text.LastIndexOf('\n', Math.Min(from, text.Length) - 1) + 1;
        while (lineStart < text.Length)
        {
            int first = lineStart;
            while (first < text.Length && text[first] == ' ')
            {
                first++;
            }

            if (first < text.Length && text[first] == '\t')
            {
                return first;
            }

            int end = text.IndexOf('\n', lineStart);
            lineStart = end < 0 ? text.Length : end + 1;
        }

        return null;
    }
}
