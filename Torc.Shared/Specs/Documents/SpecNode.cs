namespace Torc.Shared.Specs.Documents;

/// <summary>A value of a document in any notation, and where it stands. An alias shares the node of its anchor.</summary>
internal abstract class SpecNode
{
    private SpecNode(TextSpan at, int? end = null) => (At, End) = (at, end ?? at.End);

    /// <summary>Where it stands; of lists and objects the first character.</summary>
    public TextSpan At { get; }

    /// <summary>One past the last character. KDL does not say it of lists and objects, and YAML may count the line ends behind a value to it.</summary>
    public int End { get; }

    /// <param name="merged">How many of the entries, at the end, come from other objects by a merge key of YAML.</param>
    public sealed class Mapping(TextSpan at, IReadOnlyList<SpecEntry> entries, int? end = null, int merged = 0) : SpecNode(at, end)
    {
        /// <summary>In the order of the document, each key once; behind them what a merge key brought.</summary>
        public IReadOnlyList<SpecEntry> Entries { get; } = entries;

        /// <summary>How many of them stand in the object itself.</summary>
        public int OwnEntries => Entries.Count - merged;

        public SpecEntry? Find(string key)
        {
            foreach (var entry in Entries)
            {
                if (string.Equals(entry.Key, key, StringComparison.Ordinal))
                {
                    return entry;
                }
            }

            return null;
        }
    }

    public sealed class Sequence(TextSpan at, IReadOnlyList<SpecNode> items, int? end = null) : SpecNode(at, end)
    {
        public IReadOnlyList<SpecNode> Items { get; } = items;
    }

    public sealed class Scalar(TextSpan at, ScalarKind kind, string text) : SpecNode(at)
    {
        public ScalarKind Kind { get; } = kind;

        /// <summary>Of a text its value, of anything else what the document says; a number of JSON5 as JSON writes it, if it can.</summary>
        public string Text { get; } = text;
    }
}
