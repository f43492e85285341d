using System.Globalization;
using System.Text;
using Torc.Shared.Texts;

namespace Torc.Shared.Specs.Patterns;

/// <summary>
/// Reads regular expressions as Rust's regex crate has them, for which specs are written. What looks alike in other languages often
/// means something else: here <c>[a&amp;&amp;b]</c> is a cut, <c>[[:alpha:]]</c> a class, and <c>$</c> the very end.
/// </summary>
internal sealed class PatternParser
{
    private const int MaxHeight = 500;
    private const int MaxCount = 1_000_000;

    // Stands where flags stand, which cannot be repeated.
    private static readonly PatternNode FlagsAlone = new PatternNode.Sequence([]);

    private readonly PatternCursor _cursor;
    private readonly HashSet<string> _names = [];

    private PatternParser(string text) => _cursor = new PatternCursor(text);

    /// <param name="refusal">What is wrong, as the end of a sentence about the expression.</param>
    /// <param name="needs">Which letters names may have at most.</param>
    /// <param name="ranges">How many ranges of characters it took to read it.</param>
    /// <returns>Null if it is refused.</returns>
    public static PatternNode? TryParse(string text, out string? refusal, out NameLetters needs, out int ranges)
    {
        var parser = new PatternParser(text);
        var node = parser.TakeChoice();
        if (!parser._cursor.IsAtEnd)
        {
            parser._cursor.RefuseToRead("nothing opens this \")\"", parser._cursor.At);
        }

        refusal = parser._cursor.Refusal;
        needs = parser._cursor.Needs;
        ranges = parser._cursor.Ranges;
        return refusal is null ? node : null;
    }

    // Up to the end, or to the bracket that closes it.
    private PatternNode TakeChoice()
    {
        var branches = new List<PatternNode>();
        var parts = new List<PatternNode>();
        while (true)
        {
            _cursor.SkipSpace();
            if (_cursor.IsAtEnd || _cursor.Current == ')')
            {
                branches.Add(One(parts));
                return branches is [var only] ? only : new PatternNode.Choice(branches);
            }

            if (_cursor.TryTake("|"))
            {
                branches.Add(One(parts));
                parts = [];
            }
            else if (_cursor.Current is '*' or '+' or '?' or '{')
            {
                Repeat(parts);
            }
            else
            {
                parts.Add(TakePart());
            }
        }
    }

    private static PatternNode One(List<PatternNode> parts)
    {
        parts.RemoveAll(part => ReferenceEquals(part, FlagsAlone));
        return parts is [var only] ? only : new PatternNode.Sequence(parts);
    }

    private PatternNode TakePart()
    {
        int start = _cursor.At;
        switch (_cursor.Current)
        {
            case '(':
                return TakeGroup();
            case '[':
                return new PatternNode.Set(PatternClass.Take(_cursor));
            case '\\':
                var escape = PatternEscape.Take(_cursor);
                return escape.Place ?? (escape.IsSet ? new PatternNode.Set(escape.Of!) : Literal(escape.Of!));
            case '^':
                _cursor.At++;
                return new PatternNode.Start(_cursor.Flags.ByLine);
            case '$':
                _cursor.At++;
                return new PatternNode.End(_cursor.Flags.ByLine);
            case '.':
                _cursor.At++;
                if (_cursor.Flags.IsAscii)
                {
                    _cursor.RefuseToSupport("has \".\" without Unicode", start);
                }

                return new PatternNode.Set(Dot());
            default:
                int character = _cursor.TakeCharacter();
                return Literal(CodePoints.Of((character, character)));
        }
    }

    private PatternNode.Set Literal(CodePoints character) => new(_cursor.Fold(character));

    private CodePoints Dot() => _cursor.Flags switch
    {
        { DotIsAll: true } => CodePoints.All,
        { CarriageReturn: true } => CodePoints.Parse("A D").Complement(),
        _ => NotLineFeed,
    };

    /// <summary>What <c>.</c> stands for.</summary>
    public static CodePoints NotLineFeed { get; } = CodePoints.Parse("A").Complement();

    private PatternNode TakeGroup()
    {
        int start = _cursor.At++;
        var outside = _cursor.Flags;
        _cursor.SkipSpace();
        if (!_cursor.TryEnter(start) || !TryOpenGroup(start, out bool isFlags) || isFlags)
        {
            _cursor.Leave();
            return FlagsAlone;
        }

        var inside = TakeChoice();
        if (!_cursor.TryTake(")"))
        {
            _cursor.RefuseToRead("\"(\" is never closed", start);
        }

        _cursor.Flags = outside;
        _cursor.Leave();

        // Kept apart from what is around it, so that ^ inside is not taken for the start of all.
        return new PatternNode.Sequence([inside]);
    }

    // What follows "(": "?:", "?<name>", "?i:", or the flags of "(?i)", which go on behind it.
    private bool TryOpenGroup(int start, out bool isFlags)
    {
        isFlags = false;
        foreach (string look in (string[])["?=", "?!", "?<=", "?<!"])
        {
            if (_cursor.TryTake(look))
            {
                _cursor.RefuseToSupport($"looks {(look.Contains('<') ? "back" : "ahead")} with \"({look}\"", start);
                return false;
            }
        }

        if (_cursor.TryTake("?P<") || _cursor.TryTake("?<"))
        {
            return TryTakeName(start);
        }

        return !_cursor.TryTake("?") || TryTakeFlags(start, out isFlags);
    }

    private bool TryTakeName(int start)
    {
        string? name = _cursor.TakeTo('>');
        bool isName = name is { Length: > 0 } && !char.IsAsciiDigit(name[0]) && name.EnumerateRunes().All(rune => Rune.IsLetterOrDigit(rune) || rune.Value is '_' or '.' or '[' or ']');
        if (!isName || !_names.Add(name!))
        {
            _cursor.RefuseToRead($"{Quoting.Quote(_cursor.From(start))} gives no group a name of its own", start);
        }

        return isName;
    }

    private bool TryTakeFlags(int start, out bool isFlags)
    {
        isFlags = false;
        var flags = _cursor.Flags;
        bool on = true;
        char last = '(';
        while (!_cursor.IsAtEnd)
        {
            char character = _cursor.Current;
            _cursor.At++;
            if ((character == ':' && last != '-') || (character == ')' && last is not ('-' or '(')))
            {
                isFlags = character == ')';
                _cursor.Flags = flags;
                return true;
            }

            if (character == '-' && on)
            {
                on = false;
            }
            else if (flags.With(character, on) is { } changed)
            {
                flags = changed;
            }
            else
            {
                break;
            }

            last = character;
        }

        _cursor.RefuseToSupport($"has {Quoting.Quote(_cursor.From(start))}", start);
        return false;
    }

    private void Repeat(List<PatternNode> parts)
    {
        int start = _cursor.At;
        var (min, max) = TakeCounts(start);
        _ = _cursor.TryTake("?");
        if (parts.Count == 0 || ReferenceEquals(parts[^1], FlagsAlone))
        {
            _cursor.RefuseToRead($"nothing stands before {Quoting.Quote(_cursor.From(start))} to be repeated", start);
            return;
        }

        parts[^1] = new PatternNode.Repeat(parts[^1], min, max);
        if (parts[^1].Height > MaxHeight)
        {
            _cursor.RefuseToRead("it repeats what is repeated too often", start);
        }
    }

    // *  +  ?  {2}  {2,}  {2,3}
    private (int Min, int? Max) TakeCounts(int start)
    {
        char sign = _cursor.Current;
        _cursor.At++;
        if (sign != '{')
        {
            return (sign == '+' ? 1 : 0, sign == '?' ? 1 : null);
        }

        string[]? counts = _cursor.TakeTo('}')?.Split(',');
        if (counts is null || !TryCount(counts[0], out int min))
        {
            _cursor.RefuseToRead("\"{\" must be followed by a number and \"}\"", start);
            return (0, null);
        }

        int? max = counts switch
        {
            [_] => min,
            [_, var last] when string.IsNullOrWhiteSpace(last) => null,
            [_, var last] when TryCount(last, out int most) && most >= min => most,
            _ => -1,
        };
        if (max == -1)
        {
            _cursor.RefuseToRead($"{Quoting.Quote(_cursor.From(start))} counts nothing", start);
        }

        return (min, max);
    }

    private static bool TryCount(string text, out int count) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out count) && count <= MaxCount;
}
