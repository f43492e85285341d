using Torc.Shared.Texts;

namespace Torc.Shared.Specs.Patterns;

/// <summary>Reads what stands in brackets: <c>[a-z]</c>, <c>[^[:digit:]]</c>, <c>[\w&amp;&amp;[^_]]</c>.</summary>
internal static class PatternClass
{
    private static readonly Dictionary<string, CodePoints> Posix = new()
    {
        ["alnum"] = CodePoints.Parse("30-39 41-5A 61-7A"),
        ["alpha"] = CodePoints.Parse("41-5A 61-7A"),
        ["ascii"] = UnicodeSets.Ascii,
        ["blank"] = CodePoints.Parse("9 20"),
        ["cntrl"] = CodePoints.Parse("0-1F 7F"),
        ["digit"] = CodePoints.Parse("30-39"),
        ["graph"] = CodePoints.Parse("21-7E"),
        ["lower"] = CodePoints.Parse("61-7A"),
        ["print"] = CodePoints.Parse("20-7E"),
        ["punct"] = CodePoints.Parse("21-2F 3A-40 5B-60 7B-7E"),
        ["space"] = CodePoints.Parse("9-D 20"),
        ["upper"] = CodePoints.Parse("41-5A"),
        ["word"] = CodePoints.Parse("30-39 41-5A 5F 61-7A"),
        ["xdigit"] = CodePoints.Parse("30-39 41-46 61-66"),
    };

    /// <param name="cursor">At the bracket.</param>
    public static CodePoints Take(PatternCursor cursor)
    {
        int start = cursor.At++;
        if (!cursor.TryEnter(start))
        {
            return CodePoints.None;
        }

        cursor.SkipSpace();
        bool isNegated = cursor.TryTake("^");
        var items = TakeFirst(cursor);
        CodePoints? left = null;
        char pending = '\0';
        while (true)
        {
            cursor.SkipSpace();
            if (cursor.IsAtEnd)
            {
                cursor.RefuseToRead("\"[\" is never closed", start);
                return CodePoints.None;
            }

            char character = cursor.Current;
            if (character == ']')
            {
                break;
            }

            if (character is '&' or '-' or '~' && cursor.Next == character)
            {
                cursor.At += 2;
                left = Combine(cursor, left, pending, Folded(cursor, items));
                (pending, items) = (character, []);
                continue;
            }

            items.Add(character != '[' ? TakeRange(cursor) : TryTakePosix(cursor) ?? Take(cursor));
        }

        cursor.At++;
        cursor.Leave();
        var set = Combine(cursor, left, pending, Folded(cursor, items));
        if (isNegated && cursor.Flags.IsAscii)
        {
            cursor.RefuseToSupport("has \"[^\" without Unicode", start);
        }

        return isNegated ? cursor.Spend(set.Complement()) : set;
    }

    // "-" stands for itself at the beginning, and so does "]" in the first place.
    private static List<CodePoints> TakeFirst(PatternCursor cursor)
    {
        var items = new List<CodePoints>();
        cursor.SkipSpace();
        while (cursor.TryTake("-"))
        {
            items.Add(One('-'));
            cursor.SkipSpace();
        }

        if (items.Count == 0 && cursor.TryTake("]"))
        {
            items.Add(One(']'));
        }

        return items;
    }

    private static CodePoints Folded(PatternCursor cursor, List<CodePoints> items) => cursor.Fold(cursor.Spend(CodePoints.Union(items), items.Count));

    private static CodePoints Combine(PatternCursor cursor, CodePoints? left, char by, CodePoints right) => cursor.Spend(by switch
    {
        '&' => left!.Intersect(right),
        '-' => left!.Except(right),
        '~' => CodePoints.Union([left!.Except(right), right.Except(left!)]),
        _ => right,
    });

    // [:alpha:] and [:^alpha:]; anything else in such brackets is a class inside a class.
    private static CodePoints? TryTakePosix(PatternCursor cursor)
    {
        int start = cursor.At;
        bool isOpened = cursor.TryTake("[:");
        bool isNegated = cursor.TryTake("^");
        string? name = isOpened ? cursor.TakeTo(':') : null;
        if (name is null || !cursor.TryTake("]") || !Posix.TryGetValue(name, out var set))
        {
            cursor.At = start;
            return null;
        }

        if (isNegated && cursor.Flags.IsAscii)
        {
            cursor.RefuseToSupport($"has {Quoting.Quote(cursor.From(start))} without Unicode", start);
        }

        return isNegated ? set.Complement() : set;
    }

    private static CodePoints TakeRange(PatternCursor cursor)
    {
        int start = cursor.At;
        var (first, isSet) = TakeItem(cursor);
        cursor.SkipSpace();
        if (cursor.Current != '-' || After(cursor) is ']' or '-' or '\0')
        {
            return first;
        }

        cursor.At++;
        cursor.SkipSpace();
        var (last, isAlsoSet) = TakeItem(cursor);
        if (isSet || isAlsoSet || first.Single is not { } from || last.Single is not { } to || from > to)
        {
            cursor.RefuseToRead($"{Quoting.Quote(cursor.From(start))} is no range", start);
            return CodePoints.None;
        }

        return CodePoints.Of((from, to));
    }

    // What follows the "-" here.
    private static char After(PatternCursor cursor)
    {
        int here = cursor.At++;
        cursor.SkipSpace();
        char after = cursor.Current;
        cursor.At = here;
        return after;
    }

    private static (CodePoints Of, bool IsSet) TakeItem(PatternCursor cursor)
    {
        int start = cursor.At;
        if (cursor.Current != '\\')
        {
            int character = cursor.IsAtEnd ? 0 : cursor.TakeCharacter();
            if (cursor.Flags.IsAscii && character >= 0x80)
            {
                cursor.RefuseToSupport("has a letter outside ASCII in brackets without Unicode", start);
            }

            return (One(character), false);
        }

        var escape = PatternEscape.Take(cursor);
        if (escape.Of is not { } of)
        {
            cursor.RefuseToRead($"{Quoting.Quote(cursor.From(start))} is no character", start);
            return (CodePoints.None, true);
        }

        return (of, escape.IsSet);
    }

    private static CodePoints One(int character) => CodePoints.Of((character, character));
}
