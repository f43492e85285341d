using System.Globalization;
using System.Text;
using Torc.Shared.Texts;

namespace Torc.Shared.Specs.Kdl;

/// <summary>Reads the texts of KDL that stand in quotes: on one line, on several, and raw.</summary>
/// <param name="version">Of the language, if the document says it.</param>
internal sealed class KdlStrings(KdlCursor cursor, int? version)
{
    private const string MultiLineQuotes = "\"\"\"";

    /// <summary>Whether a text in quotes begins here: <c>"…"</c>, <c>#"…"#</c>, or <c>r"…"</c> as KDL 1 writes raw texts.</summary>
    public bool IsAtQuotes => cursor.Peek() switch
    {
        '"' => true,
        '#' => cursor.Peek(Hashes(0)) == '"',
        'r' => cursor.Peek(1 + Hashes(1)) == '"',
        _ => false,
    };

    /// <summary>Reads the text that begins here.</summary>
    public string Read()
    {
        int start = cursor.At;
        bool isFirstVersion = cursor.Peek() == 'r';
        cursor.At += isFirstVersion ? 1 : 0;
        int hashes = Hashes(0);
        cursor.At += hashes;
        if (isFirstVersion)
        {
            return ReadFirstVersionRaw(start, hashes);
        }

        if (cursor.StartsWith(MultiLineQuotes))
        {
            return ReadLines(start, hashes);
        }

        return hashes == 0 ? ReadQuoted() : ReadRaw(start, hashes);
    }

    private int Hashes(int ahead)
    {
        int rest = cursor.Text.AsSpan(Math.Min(cursor.At + ahead, cursor.Text.Length)).IndexOfAnyExcept('#');
        return rest < 0 ? 0 : rest;
    }

    private string ReadQuoted()
    {
        int start = cursor.At++;
        StringBuilder? unescaped = null;
        bool? hasLines = null;
        while (true)
        {
            var plain = TakePlain();
            switch (cursor.Peek())
            {
                case var character when KdlCharacters.IsNewline(character) && (hasLines ??= version is 1 || (version is null && EndsNode())):
                    unescaped = (unescaped ?? new StringBuilder()).Append(plain).Append('\n');
                    cursor.SkipNewline();
                    break;
                case '"':
                    cursor.At++;
                    return unescaped is null ? plain.ToString() : unescaped.Append(plain).ToString();
                case '\\':
                    unescaped = (unescaped ?? new StringBuilder()).Append(plain);
                    ReadEscape(unescaped);
                    break;
                default:
                    FailInside(start, cursor.At, "end it with \" on the same line; a text of several lines stands between two lines of \"\"\"");
                    return "";
            }
        }
    }

    // KDL 1 lets a text go over line ends. In a document that does not say its version, that is meant if the next quote ends a
    // node; before a word it begins another text, and this one was not closed.
    private bool EndsNode()
    {
        string text = cursor.Text;
        int end = cursor.At;
        while (end < text.Length && text[end] != '"')
        {
            end += text[end] == '\\' ? 2 : 1;
        }

        int next = end + 1;
        while (next < text.Length && KdlCharacters.IsSpace(text[next]))
        {
            next++;
        }

        return end < text.Length && (next >= text.Length || text.AsSpan(next).StartsWith("//") || text[next] is ';' or '{' or '}' || KdlCharacters.IsNewline(text[next]));
    }

    private string ReadRaw(int start, int hashes)
    {
        int textStart = ++cursor.At;
        while (true)
        {
            TakePlain();
            if (TakeClosing(hashes, quotes: 1) is { } textEnd)
            {
                return cursor.Text[textStart..textEnd];
            }

            if (cursor.Peek() is '"' or '\\')
            {
                cursor.At++;
                continue;
            }

            FailInside(start, cursor.At, $"end it with {Closing(hashes)} on the same line");
            return "";
        }
    }

    // r"…" goes over line ends as it stands: nothing is cut from the beginning of its lines.
    private string ReadFirstVersionRaw(int start, int hashes)
    {
        var text = new StringBuilder();
        cursor.At++;
        while (true)
        {
            text.Append(TakePlain());
            if (TakeClosing(hashes, quotes: 1) is not null)
            {
                return text.ToString();
            }

            if (cursor.SkipNewline())
            {
                text.Append('\n');
            }
            else if (cursor.Peek() is '"' or '\\')
            {
                text.Append(cursor.Peek());
                cursor.At++;
            }
            else
            {
                FailInside(start, cursor.At, $"a {Closing(hashes)} is missing");
                return "";
            }
        }
    }

    /*
    command """
        echo one
          echo two
        """
    The spaces before the closing quotes are cut from each line. Where lines begin, and how many spaces they begin with, is
    decided by what stands in the text, not by what its escapes mean.
    */
    private string ReadLines(int start, int hashes)
    {
        cursor.At += MultiLineQuotes.Length;
        if (!cursor.IsAtEnd && !cursor.SkipNewline())
        {
            cursor.Fail(cursor.At, cursor.At + 1, "after \"\"\" the line must end", "begin the text on the next line");
        }

        var text = new StringBuilder();
        var lines = new List<Line> { new(SourceStart: cursor.At, Start: 0) };
        while (true)
        {
            TakePlainLine(text, lines);
            if (cursor.Peek() == '"')
            {
                if (TakeClosing(hashes, quotes: 3) is { } closing)
                {
                    return Dedent(text.ToString(), lines, closing);
                }

                text.Append('"');
                cursor.At++;
            }
            else if (cursor.SkipNewline())
            {
                text.Append('\n');
                lines.Add(new Line(SourceStart: cursor.At, Start: text.Length));
            }
            else if (cursor.Peek() == '\\' && hashes == 0)
            {
                ReadEscape(text);
            }
            else if (cursor.Peek() == '\\')
            {
                text.Append('\\');
                cursor.At++;
            }
            else
            {
                FailInside(start, cursor.At, $"a line with {new string('"', 3)}{new string('#', Math.Min(hashes, 8))} is missing");
                return "";
            }
        }
    }

    private void TakePlainLine(StringBuilder text, List<Line> lines)
    {
        var plain = TakePlain();
        var line = lines[^1];
        if (text.Length == line.Start + line.Indent)
        {
            int spaces = 0;
            while (spaces < plain.Length && KdlCharacters.IsSpace(plain[spaces]))
            {
                spaces++;
            }

            lines[^1] = line with { Indent = line.Indent + spaces };
        }

        text.Append(plain);
    }

    private string Dedent(string text, List<Line> lines, int closing)
    {
        var last = lines[^1];
        if (text.Length > last.Start + last.Indent)
        {
            cursor.Fail(closing, closing + 3, "these quotes must stand on a line of their own", "put them on the next line");
            return "";
        }

        var indent = text.AsSpan(last.Start);
        var dedented = new StringBuilder();
        for (int index = 0; index < lines.Count - 1; index++)
        {
            var line = lines[index];
            var content = text.AsSpan(line.Start, lines[index + 1].Start - 1 - line.Start);
            if (content.Length == line.Indent)
            {
                content = "";
            }
            else if (content[..line.Indent].StartsWith(indent))
            {
                content = content[indent.Length..];
            }
            else
            {
                cursor.Fail(
                    line.SourceStart, line.SourceStart + Math.Max(line.Indent, 1), "this line must begin with the same spaces as the closing quotes",
                    "indent it like the closing quotes, or put these further left");
                return "";
            }

            dedented.Append(index == 0 ? "" : "\n").Append(content);
        }

        return dedented.ToString();
    }

    private ReadOnlySpan<char> TakePlain()
    {
        var rest = cursor.Text.AsSpan(cursor.At);
        int length = rest.IndexOfAny(KdlCharacters.EndsPlainText);
        length = length < 0 ? rest.Length : length;
        cursor.At += length;
        return rest[..length];
    }

    // Where the text ends, if it ends here.
    private int? TakeClosing(int hashes, int quotes)
    {
        var rest = cursor.Text.AsSpan(cursor.At);
        if (rest.Length < quotes + hashes || rest[..quotes].ContainsAnyExcept('"') || rest.Slice(quotes, hashes).ContainsAnyExcept('#'))
        {
            return null;
        }

        cursor.At += quotes + hashes;
        return cursor.At - quotes - hashes;
    }

    private void ReadEscape(StringBuilder unescaped)
    {
        int start = cursor.At++;
        char escaped = cursor.Peek();
        if (escaped == 'u')
        {
            ReadUnicodeEscape(start, unescaped);
            return;
        }

        if (KdlCharacters.IsSpace(escaped) || KdlCharacters.IsNewline(escaped))
        {
            while (KdlCharacters.IsSpace(cursor.Peek()) || KdlCharacters.IsNewline(cursor.Peek()))
            {
                cursor.At++;
            }

            return;
        }

        // KDL 1 escapes the slash too.
        char? character = escaped switch
        {
            '"' or '\\' or '/' => escaped,
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            's' => ' ',
            't' => '\t',
            _ => null,
        };
        if (character is null)
        {
            string shown = Quoting.Shorten(cursor.Text[start..Math.Min(start + 2, cursor.Text.Length)]);
            cursor.Fail(start, start + 2, $"KDL has no {shown}", "write \\\\ for a backslash, or the text as #\"…\"#");
            return;
        }

        unescaped.Append(character.Value);
        cursor.At++;
    }

    // The raw form is \u{1F600}, with one to six digits.
    private void ReadUnicodeEscape(int start, StringBuilder unescaped)
    {
        int digits = start + 3;
        int end = digits;
        while (end < cursor.Text.Length && end < digits + 6 && char.IsAsciiHexDigit(cursor.Text[end]))
        {
            end++;
        }

        if (cursor.Peek(1) != '{' || end == digits || end >= cursor.Text.Length || cursor.Text[end] != '}')
        {
            cursor.Fail(start, start + 2, "\\u wants one to six hexadecimal digits in braces", "write it like \\u{e9}");
            return;
        }

        int code = int.Parse(cursor.Text.AsSpan(digits, end - digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        if (!Rune.IsValid(code))
        {
            cursor.Fail(start, end + 1, $"{cursor.Text[start..(end + 1)]} is no character", help: null);
            return;
        }

        unescaped.Append(new Rune(code).ToString());
        cursor.At = end + 1;
    }

    private void FailInside(int start, int at, string help)
    {
        if (at < cursor.Text.Length && KdlCharacters.IsForbidden(cursor.Text[at]))
        {
            cursor.FailForbidden(at);
        }
        else
        {
            cursor.Fail(start, start + 1, "this text is never closed", help);
        }
    }

    private static string Closing(int hashes) => $"\"{new string('#', Math.Min(hashes, 8))}";

    /// <param name="SourceStart">In the document.</param>
    /// <param name="Start">In the text without escapes.</param>
    /// <param name="Indent">How many spaces it begins with, those that are written as escapes not counted.</param>
    private readonly record struct Line(int SourceStart, int Start, int Indent = 0);
}
