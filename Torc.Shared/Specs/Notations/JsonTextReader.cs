using System.Buffers;
using System.Globalization;
using System.Text;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Texts;

namespace Torc.Shared.Specs.Notations;

/// <summary>Reads the texts of JSON and JSON5: those in quotes, and keys without.</summary>
internal sealed class JsonTextReader(JsonCursor cursor)
{
    private static readonly SearchValues<char> EndsPlainJson = SearchValues.Create([.. Enumerable.Range(0, 32).Select(code => (char)code), '"', '\\']);
    private static readonly SearchValues<char> EndsPlainInDouble = SearchValues.Create("\n\r\\\"");
    private static readonly SearchValues<char> EndsPlainInSingle = SearchValues.Create("\n\r\\'");

    private readonly KeyPool _keys = new();

    /// <summary>Reads the text whose opening quote stands here.</summary>
    /// <returns>Null, and a problem, if it is none.</returns>
    public string? ReadQuoted(bool isKey)
    {
        int start = cursor.At++;
        char quote = cursor.Text[start];
        var endsPlain = !cursor.IsJson5 ? EndsPlainJson : quote == '"' ? EndsPlainInDouble : EndsPlainInSingle;
        StringBuilder? unescaped = null;
        while (true)
        {
            var rest = cursor.Text.AsSpan(cursor.At);
            int run = rest.IndexOfAny(endsPlain);
            if (run < 0 || rest[run] is '\n' or '\r')
            {
                cursor.Fail(new TextSpan(start, start + 1), "this text is never closed", $"end it with {quote} on the same line; write a line break as \\n");
                return null;
            }

            var plain = rest[..run];
            cursor.At += run;
            if (cursor.TryTake(quote))
            {
                return unescaped is null ? isKey ? _keys.Get(plain) : plain.ToString() : unescaped.Append(plain).ToString();
            }

            if (rest[run] != '\\')
            {
                FailControl(rest[run]);
                return null;
            }

            unescaped = (unescaped ?? new StringBuilder()).Append(plain);
            if (!ReadEscape(unescaped))
            {
                return null;
            }
        }
    }

    /// <summary>Reads a key of JSON5 that needs no quotes because it is a name in JavaScript.</summary>
    /// <returns>Null, and a problem, if none stands here.</returns>
    public string? ReadBareKey()
    {
        int start = cursor.At;
        int plainFrom = start;
        StringBuilder? unescaped = null;
        while (true)
        {
            if (cursor.Peek() == '\\')
            {
                unescaped = (unescaped ?? new StringBuilder()).Append(cursor.Text, plainFrom, cursor.At - plainFrom);
                if (!ReadEscapeInName(unescaped))
                {
                    return null;
                }

                plainFrom = cursor.At;
            }
            else if (MayStand(cursor.PeekRune(), isFirst: cursor.At == start))
            {
                cursor.At += cursor.PeekRune().Utf16SequenceLength;
            }
            else
            {
                break;
            }
        }

        string rest = cursor.Word();
        if (rest.Length > 0)
        {
            string key = cursor.Text[start..cursor.At] + rest;
            cursor.Fail(new TextSpan(start, cursor.At + rest.Length), $"the key {Quoting.Quote(key)} stands in quotes", "only letters, digits, _ and $ need none");
            return null;
        }

        if (cursor.At == start)
        {
            cursor.FailUnexpected("a key is expected here");
            return null;
        }

        var plain = cursor.Text.AsSpan(plainFrom, cursor.At - plainFrom);
        return unescaped is null ? _keys.Get(plain) : unescaped.Append(plain).ToString();
    }

    // IdentifierStart and IdentifierPart of ECMAScript 5.1, for whole characters rather than halves.
    private static bool MayStand(Rune rune, bool isFirst) => rune.Value is '$' or '_' || Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter => true,
        UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber => true,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark => !isFirst,
        UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation => !isFirst,
        // The joiners, which some scripts need inside of words.
        _ => !isFirst && rune.Value is '\u200C' or '\u200D',
    };

    private bool ReadEscapeInName(StringBuilder name)
    {
        int start = cursor.At;
        int length = name.Length;
        if (!ReadUnicodeEscape(name))
        {
            return false;
        }

        if (MayStand(Rune.GetRuneAt(name.ToString(length, name.Length - length), 0), isFirst: length == 0))
        {
            return true;
        }

        cursor.Fail(cursor.Since(start), $"a key with {cursor.Text[start..cursor.At]} stands in quotes", help: null);
        return false;
    }

    private bool ReadEscape(StringBuilder unescaped)
    {
        int start = cursor.At;
        char escaped = cursor.PeekAt(start + 1);
        if (escaped == 'u')
        {
            return ReadUnicodeEscape(unescaped);
        }

        char? character = escaped switch
        {
            '"' or '\\' or '/' => escaped,
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            _ => null,
        };
        if (character is { } known)
        {
            unescaped.Append(known);
            cursor.At = start + 2;
            return true;
        }

        if (cursor.IsJson5)
        {
            return ReadJson5Escape(unescaped);
        }

        FailEscape(2);
        return false;
    }

    private bool ReadJson5Escape(StringBuilder unescaped)
    {
        int start = cursor.At++;
        if (cursor.IsAtEnd)
        {
            // The text is not closed, which its reader finds next.
            return true;
        }

        char escaped = cursor.Text[cursor.At++];
        switch (escaped)
        {
            case 'x' when UnitAt(cursor.At, digits: 2) is { } unit:
                unescaped.Append(unit);
                cursor.At += 2;
                return true;
            case 'x':
                cursor.Fail(cursor.Since(start), "\\x wants two hexadecimal digits", help: null);
                return false;
            case '0' when !char.IsAsciiDigit(cursor.Peek()):
                unescaped.Append('\0');
                return true;
            case '0':
                // What older JavaScript read as an octal number.
                cursor.At = start;
                FailEscape(3);
                return false;
            case >= '1' and <= '9':
                cursor.At = start;
                FailEscape(2);
                return false;
            case 'v':
                unescaped.Append('\v');
                return true;
            // A line break behind a backslash is no part of the text.
            case '\r':
                cursor.TryTake('\n');
                return true;
            case var character when JsonCursor.IsLineEnd(character):
                return true;
            default:
                unescaped.Append(escaped);
                return true;
        }
    }

    private bool ReadUnicodeEscape(StringBuilder unescaped)
    {
        int start = cursor.At;
        if (EscapedUnitAt(start) is not { } unit)
        {
            cursor.Fail(new TextSpan(start, start + 2), "\\u wants four hexadecimal digits", help: null);
            return false;
        }

        cursor.At = start + 6;
        unescaped.Append(unit);
        if (!char.IsSurrogate(unit))
        {
            return true;
        }

        if (char.IsHighSurrogate(unit) && EscapedUnitAt(cursor.At) is { } low && char.IsLowSurrogate(low))
        {
            unescaped.Append(low);
            cursor.At += 6;
            return true;
        }

        cursor.Fail(cursor.Since(start), $"{cursor.Text[start..cursor.At]} is half of a character", "write both halves, or the character itself");
        return false;
    }

    // The raw form is \u and four hexadecimal digits.
    private char? EscapedUnitAt(int start) => cursor.PeekAt(start) == '\\' && cursor.PeekAt(start + 1) == 'u' ? UnitAt(start + 2, digits: 4) : null;

    private char? UnitAt(int start, int digits) =>
        start + digits <= cursor.Text.Length
        && ushort.TryParse(cursor.Text.AsSpan(start, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort unit)
            ? (char)unit
            : null;

    private void FailControl(char control)
    {
        string code = ((int)control).ToString("x4", CultureInfo.InvariantCulture);
        cursor.Fail(
            cursor.Here(),
            control == '\t' ? "a tab inside a text is written \\t" : $"the character U+{code.ToUpperInvariant()} inside a text is written \\u{code}",
            help: null);
    }

    private void FailEscape(int length)
    {
        int end = Math.Min(cursor.At + length, cursor.Text.Length);
        string shown = Quoting.Shorten(cursor.Text[cursor.At..end]);
        cursor.Fail(new TextSpan(cursor.At, cursor.At + length), $"{cursor.Notation} has no {shown}", "write \\\\ for a backslash");
    }
}
