using System.Globalization;
using System.Text;

namespace Torc.Shared.Specs.Patterns;

/// <summary>Writes an expression for the runtime's engine: without flags, each set of characters one by one.</summary>
/// <param name="last">The last character that names have, so that sets stay as small as names allow.</param>
internal sealed class PatternWriter(int last)
{
    /// <summary>Enough for every expression that people write.</summary>
    public const int MaxLength = 500_000;

    private const int LastOfBasicPlane = 0xFFFF;
    private const string Nothing = @"[^\u0000-\uFFFF]";

    private readonly StringBuilder _text = new();
    private readonly Dictionary<CodePoints, string> _sets = [];

    /// <returns>Null if it becomes too long.</returns>
    public string? Write(PatternNode node)
    {
        Append(node);
        return _text.Length <= MaxLength ? _text.ToString() : null;
    }

    // Recursive: expressions are not nested deeper than their limit.
    private void Append(PatternNode node)
    {
        if (_text.Length > MaxLength)
        {
            return;
        }

        switch (node)
        {
            case PatternNode.Set { Of: var set }:
                _text.Append(TextOf(set));
                break;
            case PatternNode.Start { OfLine: var ofLine }:
                _text.Append(ofLine ? "(?m:^)" : @"\A");
                break;
            case PatternNode.End { OfLine: var ofLine }:
                _text.Append(ofLine ? "(?m:$)" : @"\z");
                break;
            case PatternNode.WordBoundary { IsNegated: var isNegated }:
                _text.Append(isNegated ? @"\B" : @"\b");
                break;
            case PatternNode.Repeat repeat:
                AppendGroup([repeat.Of]);
                _text.Append(CultureInfo.InvariantCulture, $"{{{repeat.Min},{repeat.Max}}}");
                break;
            case PatternNode.Sequence { Parts: var parts }:
                foreach (var part in parts)
                {
                    Append(part);
                }

                break;
            case PatternNode.Choice { Branches: var branches }:
                AppendGroup(branches);
                break;
            default:
                throw new InvalidOperationException($"{node.GetType()} is no part of an expression");
        }
    }

    private void AppendGroup(IReadOnlyList<PatternNode> branches)
    {
        _text.Append("(?:");
        for (int branch = 0; branch < branches.Count; branch++)
        {
            _text.Append(branch == 0 ? "" : "|");
            Append(branches[branch]);
        }

        _text.Append(')');
    }

    private string TextOf(CodePoints set)
    {
        if (!_sets.TryGetValue(set, out string? text))
        {
            text = Print(set);
            _sets.Add(set, text);
        }

        return text;
    }

    private string Print(CodePoints set)
    {
        var basic = set.Intersect(CodePoints.Of((0, Math.Min(last, LastOfBasicPlane))));
        var parts = new List<string>();
        if (basic.Ranges.Count > 0)
        {
            parts.Add(Class(basic.Ranges));
        }

        if (last > LastOfBasicPlane)
        {
            parts.AddRange(set.Ranges.Where(range => range.To > LastOfBasicPlane).SelectMany(range => Pairs(Math.Max(range.From, LastOfBasicPlane + 1), range.To)));
        }

        return parts switch
        {
            [] => Nothing,
            [var only] => only,
            _ => $"(?:{string.Join('|', parts)})",
        };
    }

    // Characters outside the basic plane are two halves here: those of whole blocks of 1,024, and what is left before and behind them.
    private static IEnumerable<string> Pairs(int from, int to)
    {
        while (from <= to)
        {
            bool isWhole = from % 0x400 == 0 && to - from >= 0x3FF;
            int end = isWhole ? to - ((to + 1) % 0x400) : Math.Min(to, from | 0x3FF);
            int high = 0xD800 + ((from - 0x10000) >> 10);
            int lastHigh = 0xD800 + ((end - 0x10000) >> 10);
            yield return Class([(high, lastHigh)]) + Class([(0xDC00 + (from & 0x3FF), 0xDC00 + (end & 0x3FF))]);
            from = end + 1;
        }
    }

    private static string Class(IEnumerable<(int From, int To)> ranges) =>
        $"[{string.Concat(ranges.Select(range => range.From == range.To ? Character(range.From) : $"{Character(range.From)}-{Character(range.To)}"))}]";

    private static string Character(int character) =>
        char.IsAsciiLetterOrDigit((char)character) ? $"{(char)character}" : $@"\u{character.ToString("X4", CultureInfo.InvariantCulture)}";
}
