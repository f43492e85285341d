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
        var here = new TextSpan(start, start + 1);
        if (Says("tab as indentation") && FirstTab(text, readTo) is { } tab)
        {
            return (new TextSpan(tab, tab + 1), "a tab cannot indent YAML", "use spaces");
        }

        if (Says("quoted scalar") && Says("unexpected end of stream", "unexpected document indicator"))
        {
            return (here, "this quote is never closed", start < text.Length ? $"a {text[start]} is missing" : null);
        }

        if (Says("quoted scalar") && Says("escape", "surrogates", "hexadecimal"))
        {
            return (here, "this text has a backslash that means nothing in double quotes", "write \\\\ for a backslash, or use single quotes");
        }

        if (unclosed is { } bracket && (refused is null || Says("or '}'", "or ']'", "expected node content", "invalid mapping", "simple key", "end of stream")))
        {
            char opening = text[bracket.Start];
            return IsAtEnd(text, start)
                ? (bracket, $"this \"{opening}\" is never closed", $"a \"{(opening == '[' ? ']' : '}')}\" is missing")
                : (here, $"\",\" or \"{(opening == '[' ? ']' : '}')}\" expected", $"\"{opening}\" was opened before and is still open");
        }

        if (Says("cannot start any token") && start < text.Length)
        {
            return text[start] == '\t'
                ? (here, "a tab cannot indent YAML", "use spaces")
                : (here, $"a value cannot begin with {Quoting.Quote(text[start].ToString())}", "put the value in quotes");
        }

        return Says("invalid mapping") ? (here, "\":\" is not expected here", "put a value with a colon in quotes; keys of one object begin in one column")
            : Says("expected '-' indicator") ? (here, "\"- \" expected: the list goes on in this column", "begin the items of one list in one column")
            : Says("did not find expected key", "simple key", "expected ':'")
                ? (here, "\"key: value\" expected here", "keys of one object begin in one column; a long text goes in quotes or after |")
            : Says("expected node content") ? (here, "a value is expected here", null)
            : Says("anchor") ? (here, "this is no anchor or alias", "put a text that begins with & or * in quotes")
            : Says("block scalar") ? (here, "after | or > the text begins on the next line, indented by spaces", null)
            : (here, "this is not YAML", "mind the indentation, and put texts with special characters in quotes");

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

    // The parser names the object that it was in; the reader of the message wants the tab.
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
