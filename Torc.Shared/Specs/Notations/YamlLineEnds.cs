using System.Buffers;

namespace Torc.Shared.Specs.Notations;

/// <summary>
/// A text as the YAML parser is to see it. YAML 1.1 ended lines at U+0085, U+2028 and U+2029 and the parser still does; for YAML 1.2
/// they are characters as others, so that a comment does not end there. Stand-ins of the same length keep all places as they are.
/// </summary>
internal sealed class YamlLineEnds
{
    private const string FormerLineEnds = "\u0085\u2028\u2029";

    // Characters that Unicode will never assign, so that no text that people exchange has them.
    private const string StandIns = "\uFDD0\uFDD1\uFDD2";

    private static readonly SearchValues<char> FormerLineEndValues = SearchValues.Create(FormerLineEnds);

    private readonly bool _hasStandIns;

    public YamlLineEnds(string text)
    {
        int first = text.AsSpan().IndexOfAny(FormerLineEndValues);
        _hasStandIns = first >= 0 && !text.AsSpan().ContainsAny(StandIns);
        Parsed = _hasStandIns ? Replace(text, FormerLineEnds, StandIns) : text;
        Unreadable = first >= 0 && !_hasStandIns ? first : null;
    }

    /// <summary>What the parser reads.</summary>
    public string Parsed { get; }

    /// <summary>Where a character stands that the parser would take for a line end, in a text that has the stand-ins too; null if none does.</summary>
    public int? Unreadable { get; }

    /// <summary>Turns a piece of what was parsed into what the document says.</summary>
    public string Restore(string parsed) => _hasStandIns && parsed.AsSpan().ContainsAny(StandIns) ? Replace(parsed, StandIns, FormerLineEnds) : parsed;

    private static string Replace(string text, string from, string to) =>
        text.Replace(from[0], to[0]).Replace(from[1], to[1]).Replace(from[2], to[2]);
}
