using System.Text.RegularExpressions;

namespace Torc.Shared.Specs.Patterns;

/// <summary>A regular expression as names are held against it. Most expressions only say how a name begins, ends or is, and need no engine for that.</summary>
internal sealed class NamePattern
{
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    // What takes as long as a character of an expression.
    private const int RangesPerCharacter = 20;

    private readonly PatternNode _node;
    private readonly string _literal;
    private readonly Ends _ends;
    private Regex? _expression;

    private NamePattern(PatternNode node, int cost)
    {
        _node = node;
        Cost = cost;
        var parts = node is PatternNode.Sequence { Parts: var all } ? all : [node];
        bool isAnchored = parts is [PatternNode.Start { OfLine: false }, ..];
        parts = isAnchored ? [.. parts.Skip(1)] : parts;
        if (parts is [var anything, ..] && IsAnything(anything))
        {
            (isAnchored, parts) = (false, [.. parts.Skip(1)]);
        }

        int count = parts.TakeWhile(part => part is PatternNode.Set { Of.Single: not null }).Count();
        _literal = string.Concat(parts.Take(count).Select(part => char.ConvertFromUtf32(((PatternNode.Set)part).Of.Single!.Value)));
        bool? endsHere = parts.Skip(count).ToList() switch
        {
            [] => false,
            [var rest] when IsAnything(rest) => false,
            [var rest, PatternNode.End { OfLine: false }] when IsAnything(rest) => false,
            [PatternNode.End { OfLine: false }] => true,
            _ => null,
        };
        _ends = (isAnchored, endsHere) switch
        {
            (_, null) => Ends.Unknown,
            (true, true) => Ends.Both,
            (true, false) => Ends.Start,
            (false, true) => Ends.End,
            (false, false) => Ends.None,
        };
        Start = isAnchored ? _literal : "";
    }

    // Where a name's own ends are, if the literal is all that the expression says.
    private enum Ends
    {
        Unknown,
        None,
        Start,
        End,
        Both,
    }

    /// <summary>What every name that matches begins with.</summary>
    public string Start { get; }

    /// <summary>In characters.</summary>
    public int Cost { get; }

    /// <summary>Whether it must be compiled before names can be held against it.</summary>
    public bool NeedsEngine => _ends == Ends.Unknown;

    /// <param name="refusal">What is wrong, as the end of a sentence about the expression.</param>
    /// <returns>Null if it is refused.</returns>
    public static NamePattern? TryParse(string text, NameLetters letters, out string? refusal)
    {
        if (PatternParser.TryParse(text, out refusal, out var needs, out int ranges) is not { } node)
        {
            return null;
        }

        if (needs <= letters)
        {
            return new NamePattern(node, text.Length + (ranges / RangesPerCharacter));
        }

        string among = needs == NameLetters.Ascii ? "letters outside ASCII" : "marks, or letters that are numbers or symbols";
        refusal = $"looks at kinds of letters, which is not supported where names have {among}";
        return null;
    }

    // .* in a name, which is one line.
    private static bool IsAnything(PatternNode node) =>
        node is PatternNode.Repeat { Of: PatternNode.Set { Of: var set }, Min: 0, Max: null } && set.Ranges.SequenceEqual(PatternParser.NotLineFeed.Ranges);

    /// <summary>Makes the engine.</summary>
    /// <param name="last">The last character that names have.</param>
    /// <returns>False if it would be too large.</returns>
    public bool TryCompile(int last)
    {
        if (new PatternWriter(last).Write(_node) is not { } text)
        {
            return false;
        }

        try
        {
            _expression = new Regex(text, Linear);
            return true;
        }
        catch (NotSupportedException)
        {
            return false;
        }
    }

    /// <param name="name">One that begins with <see cref="Start"/>.</param>
    public bool IsMatch(string name) => _ends switch
    {
        Ends.Start => true,
        Ends.None => name.Contains(_literal, StringComparison.Ordinal),
        Ends.End => name.EndsWith(_literal, StringComparison.Ordinal),
        Ends.Both => name.Length == _literal.Length,
        _ => _expression!.IsMatch(name),
    };
}
