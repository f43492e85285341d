using System.Globalization;
using System.Text;

namespace Torc.Shared.Specs.Patterns;

/// <summary>A place in a regular expression while it is read. After a refusal it stands at the end, so that every loop ends.</summary>
internal sealed class PatternCursor(string text)
{
    private const int MaxDepth = 250;

    // A dozen classes made of all letters; expressions that people write have two or three.
    private const int MaxRanges = 100_000;

    private int _depth;

    public int At { get; set; }

    public PatternFlags Flags { get; set; }

    /// <summary>What is wrong, as the end of a sentence about the expression; null if nothing is.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Which letters names may have at most, so that the expression means here what it means elsewhere.</summary>
    public NameLetters Needs { get; private set; }

    public bool IsAtEnd => At >= text.Length;

    public char Current => IsAtEnd ? '\0' : text[At];

    public char Next => At + 1 < text.Length ? text[At + 1] : '\0';

    public string From(int start) => text[start..Math.Min(At, text.Length)];

    public bool Stands(string what) => string.CompareOrdinal(text, At, what, 0, what.Length) == 0;

    public bool TryTake(string what)
    {
        bool stands = Stands(what);
        At += stands ? what.Length : 0;
        return stands;
    }

    /// <summary>Takes one character, of two halves if it has them.</summary>
    public int TakeCharacter()
    {
        var status = Rune.DecodeFromUtf16(text.AsSpan(At), out var rune, out int length);
        At += length;
        return status == System.Buffers.OperationStatus.Done ? rune.Value : Rune.ReplacementChar.Value;
    }

    /// <summary>Takes everything up to a character, and that too.</summary>
    /// <returns>Null if it does not come.</returns>
    public string? TakeTo(char end)
    {
        int found = text.IndexOf(end, Math.Min(At, text.Length));
        if (found < 0)
        {
            return null;
        }

        string taken = text[At..found];
        At = found + 1;
        return taken;
    }

    /// <summary>Passes over white space and comments, where a flag says that they mean nothing.</summary>
    public void SkipSpace()
    {
        while (Flags.IsSpaced && !IsAtEnd && (char.IsWhiteSpace(Current) || Current == '#'))
        {
            int end = Current == '#' ? text.IndexOf('\n', At) : At;
            At = end < 0 ? text.Length : end + 1;
        }
    }

    /// <summary>How many ranges of characters were put together so far.</summary>
    public int Ranges { get; private set; }

    /// <summary>Counts a set that was made of others.</summary>
    public CodePoints Spend(CodePoints set, int ranges = 0)
    {
        Ranges += set.Ranges.Count + ranges;
        if (Ranges > MaxRanges)
        {
            Refuse("has too many sets of characters", At);
        }

        return set;
    }

    /// <summary>The set that <c>(?i)</c> makes of one, if it holds here.</summary>
    public CodePoints Fold(CodePoints set)
    {
        if (!Flags.IgnoreCase)
        {
            return set;
        }

        var folded = Spend(LetterCases.Fold(set), set.Single is null ? LetterCases.Count : 0);
        return Flags.IsAscii ? CodePoints.Union([set, folded.Intersect(UnicodeSets.Ascii)]) : folded;
    }

    public void Need(NameLetters letters) => Needs = letters > Needs ? letters : Needs;

    public bool TryEnter(int start)
    {
        if (++_depth > MaxDepth)
        {
            Refuse(string.Create(CultureInfo.InvariantCulture, $"is nested deeper than {MaxDepth}"), start);
        }

        return Refusal is null;
    }

    public void Leave() => _depth--;

    /// <summary>Refuses the expression for its grammar.</summary>
    public void RefuseToRead(string why, int start) => Refuse($"cannot be read: {why}", start);

    /// <summary>Refuses what the expression has, <c>has "\b{start}"</c>, from a place up to here.</summary>
    public void RefuseToSupport(string why, int start) => Refuse(why, start, ", which is not supported");

    private void Refuse(string why, int start, string end = "")
    {
        Refusal ??= string.Create(CultureInfo.InvariantCulture, $"{why} (character {start + 1}){end}");
        At = text.Length;
    }
}
