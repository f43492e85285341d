using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Notations;

namespace Torc.Shared.Specs.Editing;

/// <summary>Knows where the parts of a document begin and end in its text, with the commas, comments and line ends between them.</summary>
internal sealed class SpecSyntax(string text, SpecNotation notation)
{
    public string Text => text;

    public bool IsYaml => notation == SpecNotation.Yaml;

    public bool IsKdl => notation == SpecNotation.Kdl;

    public bool IsJson => notation == SpecNotation.Json;

    /// <summary>A list or object in brackets, as JSON has all of them.</summary>
    public bool IsBracketed(SpecNode node) => node is not SpecNode.Scalar && PeekAt(node.At.Start) is '{' or '[';

    /// <summary>One past the last character of a value, line ends behind it aside.</summary>
    public int EndOf(SpecNode node)
    {
        int end = Math.Min(node.End, text.Length);
        while (IsYaml && end > node.At.Start && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        return end;
    }

    /// <summary>Where each item of a list begins and ends; in lines an item begins with its dash.</summary>
    public List<TextSpan> Items(SpecNode.Sequence list)
    {
        var spans = new List<TextSpan>(list.Items.Count);
        bool isBracketed = IsBracketed(list);
        int at = isBracketed ? list.At.Start + 1 : list.At.Start;
        foreach (var item in list.Items)
        {
            int start = SkipTrivia(at);
            int end = ValueEnd(isBracketed ? start : start + 1, item, out _);
            spans.Add(new TextSpan(start, end));
            at = isBracketed ? AfterComma(end) : end;
        }

        return spans;
    }

    /// <summary>Where each entry that stands in an object itself begins, with its key, and ends.</summary>
    public List<TextSpan> Entries(SpecNode.Mapping mapping) =>
        [.. mapping.Entries.Take(mapping.OwnEntries).Select(entry => new TextSpan(entry.KeyAt.Start, ValueOf(entry).End))];

    /// <summary>Where the value of an entry stands, an anchor before it included; an empty place behind the colon if there is none.</summary>
    public TextSpan ValueOf(SpecEntry entry)
    {
        int end = ValueEnd(AfterColon(entry), entry.Value, out int start);
        return new TextSpan(start, end);
    }

    public int AfterColon(SpecEntry entry)
    {
        int colon = SkipTrivia(entry.KeyAt.End);
        return PeekAt(colon) == ':' ? colon + 1 : entry.KeyAt.End;
    }

    /// <summary>Over spaces, line ends and comments.</summary>
    public int SkipTrivia(int at)
    {
        while (at < text.Length)
        {
            if (char.IsWhiteSpace(text[at]) || text[at] == '\uFEFF')
            {
                at++;
            }
            else if (CommentEnd(at) is { } end)
            {
                at = end;
            }
            else
            {
                break;
            }
        }

        return at;
    }

    /// <summary>Behind the comma that follows a value; there itself if none does.</summary>
    public int AfterComma(int end)
    {
        int comma = SkipTrivia(end);
        return PeekAt(comma) == ',' ? comma + 1 : end;
    }

    /// <summary>The end of the line, if nothing but spaces and comments stand before it.</summary>
    public int? RestOfLine(int at)
    {
        while (at < text.Length && text[at] is not ('\n' or '\r'))
        {
            if (text[at] is ' ' or '\t')
            {
                at++;
            }
            else if (CommentEnd(at) is { } end && !text.AsSpan(at, end - at).TrimEnd('\n').Contains('\n'))
            {
                at = end;
            }
            else
            {
                return null;
            }
        }

        // Spaces before the line end belong to it.
        return at;
    }

    /// <summary>Whether there is a comment among what stands between two places.</summary>
    public bool HasComment(int start, int end)
    {
        for (int at = start; at < end; at++)
        {
            if (CommentEnd(at) is not null)
            {
                return true;
            }
        }

        return false;
    }

    public bool IsFirstOnLine(int at) => text.AsSpan(LineStart(at)..at).IsWhiteSpace();

    public int LineStart(int at) => at == 0 ? 0 : text.LastIndexOf('\n', at - 1) + 1;

    /// <summary>Where the line ends, before its line break.</summary>
    public int LineEnd(int at)
    {
        int end = text.IndexOf('\n', at);
        return end < 0 ? text.Length : end > at && text[end - 1] == '\r' ? end - 1 : end;
    }

    /// <summary>Behind the line break that stands here.</summary>
    public int AfterBreak(int at) => PeekAt(at) == '\r' && PeekAt(at + 1) == '\n' ? at + 2 : PeekAt(at) == '\n' ? at + 1 : at;

    /// <summary>The blanks at the beginning of a line.</summary>
    public string Indentation(int at)
    {
        int start = LineStart(at);
        int end = start;
        while (end < text.Length && text[end] is ' ' or '\t')
        {
            end++;
        }

        return text[start..end];
    }

    /// <summary>The blanks that bring another line to the column of a place.</summary>
    public string Column(int at) => IsFirstOnLine(at) ? text[LineStart(at)..at] : Indentation(at) + new string(' ', at - LineStart(at) - Indentation(at).Length);

    /// <summary>The line break that is used around a place.</summary>
    public string BreakAt(int at)
    {
        int found = at > 0 ? text.LastIndexOf('\n', at - 1) : -1;
        found = found < 0 ? text.IndexOf('\n') : found;
        return found > 0 && text[found - 1] == '\r' ? "\r\n" : "\n";
    }

    public char PeekAt(int at) => at >= 0 && at < text.Length ? text[at] : '\0';

    /// <summary>Whether an empty line stands between two places.</summary>
    public bool HasEmptyLine(int start, int end)
    {
        int breaks = 0;
        for (int at = start; at < end; at++)
        {
            breaks = text[at] == '\n' ? breaks + 1 : char.IsWhiteSpace(text[at]) ? breaks : 0;
            if (breaks > 1)
            {
                return true;
            }
        }

        return false;
    }

    // An alias stands before what it means: its value's own place is elsewhere.
    private int ValueEnd(int from, SpecNode value, out int start)
    {
        start = SkipTrivia(from);
        if (value is SpecNode.Scalar { Kind: ScalarKind.Null, Text: "" })
        {
            start = from;
            return from;
        }

        if (IsYaml && PeekAt(start) == '*')
        {
            int end = start;
            while (end < text.Length && !char.IsWhiteSpace(text[end]) && text[end] is not (',' or ']' or '}'))
            {
                end++;
            }

            return end;
        }

        return Math.Max(start, EndOf(value));
    }

    private int? CommentEnd(int at) => (notation, text[at]) switch
    {
        (SpecNotation.Yaml, '#') when at == 0 || char.IsWhiteSpace(text[at - 1]) => LineEnd(at),
        (SpecNotation.Json5, '/') when PeekAt(at + 1) == '/' => text.AsSpan(at).IndexOfAny("\n\r\u2028\u2029") is >= 0 and var length ? at + length : text.Length,
        (SpecNotation.Json5, '/') when PeekAt(at + 1) == '*' && text.IndexOf("*/", at + 2, StringComparison.Ordinal) is >= 0 and var end => end + 2,
        _ => null,
    };
}
