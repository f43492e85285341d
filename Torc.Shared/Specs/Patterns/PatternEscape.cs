using System.Globalization;
using System.Text;
using Torc.Shared.Texts;

namespace Torc.Shared.Specs.Patterns;

/// <summary>What begins with a backslash: a character, a set of characters, or a place in the text.</summary>
/// <param name="Of">Null for a place.</param>
/// <param name="Place">Null for characters.</param>
/// <param name="IsSet">Whether it is a set by its nature, so that no range can begin or end with it.</param>
internal readonly record struct PatternEscape(CodePoints? Of, PatternNode? Place, bool IsSet)
{
    /// <param name="cursor">At the backslash.</param>
    public static PatternEscape Take(PatternCursor cursor)
    {
        int start = cursor.At++;
        if (cursor.IsAtEnd)
        {
            cursor.RefuseToRead("it ends with \"\\\"", start);
            return Character(0);
        }

        char kind = cursor.Current;
        switch (kind)
        {
            case 'x' or 'u' or 'U':
                cursor.At++;
                return Character(TakeHexadecimal(cursor, kind, start));
            case 'p' or 'P':
                cursor.At++;
                return new PatternEscape(TakeProperty(cursor, kind == 'P', start), Place: null, IsSet: true);
            case 'd' or 'D' or 's' or 'S' or 'w' or 'W':
                cursor.At++;
                return new PatternEscape(Class(cursor, kind, start), Place: null, IsSet: true);
            case 'A' or 'z' or 'b' or 'B':
                cursor.At++;
                return new PatternEscape(Of: null, TakePlace(cursor, kind, start), IsSet: false);
            case >= '0' and <= '9':
                cursor.At++;
                cursor.RefuseToSupport($"repeats what it found with {Quoting.Quote(cursor.From(start))}", start);
                return Character(0);
            default:
                return Character(TakeOther(cursor, start));
        }
    }

    private static PatternEscape Character(int character) => new(CodePoints.Of((character, character)), Place: null, IsSet: false);

    private static int TakeOther(PatternCursor cursor, int start)
    {
        int character = cursor.TakeCharacter();
        int? meant = character switch
        {
            'a' => '\a',
            'f' => '\f',
            't' => '\t',
            'n' => '\n',
            'r' => '\r',
            'v' => '\v',
            '<' or '>' => null,
            < 0x80 when !char.IsAsciiLetterOrDigit((char)character) => character,
            _ => null,
        };
        if (meant is null)
        {
            cursor.RefuseToSupport($"has {Quoting.Quote(cursor.From(start))}", start);
        }

        return meant ?? 0;
    }

    // \x41  \u0041  \U00000041  \x{41}
    private static int TakeHexadecimal(PatternCursor cursor, char kind, int start)
    {
        string? digits;
        if (cursor.TryTake("{"))
        {
            digits = cursor.TakeTo('}');
        }
        else
        {
            int length = kind switch { 'x' => 2, 'u' => 4, _ => 8 };
            int first = cursor.At;
            cursor.At += length;
            digits = cursor.From(Math.Min(first, cursor.At));
            digits = digits.Length == length ? digits : null;
        }

        if (digits is not { Length: > 0 and <= 8 } || !digits.All(char.IsAsciiHexDigit)
            || !Rune.TryCreate(uint.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), out var character))
        {
            cursor.RefuseToRead($"{Quoting.Quote(cursor.From(start))} is no character", start);
            return 0;
        }

        if (cursor.Flags.IsAscii && !character.IsAscii)
        {
            cursor.RefuseToSupport($"has {Quoting.Quote(cursor.From(start))} without Unicode", start);
        }

        return character.Value;
    }

    // \pL  \p{Greek}  \P{gc=Lu}
    private static CodePoints TakeProperty(PatternCursor cursor, bool isNegated, int start)
    {
        string? name = cursor.TryTake("{") ? cursor.TakeTo('}') : cursor.IsAtEnd ? null : char.ConvertFromUtf32(cursor.TakeCharacter());
        if (name is null || cursor.Flags.IsAscii || UnicodeSets.Find(name) is not { } named)
        {
            cursor.RefuseToSupport($"has {Quoting.Quote(cursor.From(start))}{(cursor.Flags.IsAscii ? " without Unicode" : "")}", start);
            return CodePoints.None;
        }

        if (UnicodeSets.HasMarks(name))
        {
            cursor.Need(NameLetters.Usual);
        }

        var folded = cursor.Fold(named);
        return isNegated ? cursor.Spend(folded.Complement()) : folded;
    }

    private static CodePoints Class(PatternCursor cursor, char kind, int start)
    {
        var set = char.ToLowerInvariant(kind) switch
        {
            'd' => UnicodeSets.Digit,
            's' => UnicodeSets.Space,
            _ => UnicodeSets.Word,
        };
        if (cursor.Flags.IsAscii && char.IsAsciiLetterUpper(kind))
        {
            cursor.RefuseToSupport($"has {Quoting.Quote(cursor.From(start))} without Unicode", start);
        }

        set = cursor.Flags.IsAscii ? set.Intersect(UnicodeSets.Ascii) : set;
        return char.IsAsciiLetterUpper(kind) ? cursor.Spend(set.Complement()) : set;
    }

    private static PatternNode TakePlace(PatternCursor cursor, char kind, int start)
    {
        if (kind is 'A' or 'z')
        {
            return kind == 'A' ? new PatternNode.Start(OfLine: false) : new PatternNode.End(OfLine: false);
        }

        // \b{start} is a boundary of a kind of its own, \b{2} is two of them.
        if (kind == 'b' && cursor.Current == '{' && (char.IsAsciiLetter(cursor.Next) || cursor.Next == '-'))
        {
            _ = cursor.TakeTo('}');
            cursor.RefuseToSupport($"has {Quoting.Quote(cursor.From(start))}", start);
        }

        cursor.Need(cursor.Flags.IsAscii ? NameLetters.Ascii : NameLetters.Usual);
        return new PatternNode.WordBoundary(kind == 'B');
    }
}
