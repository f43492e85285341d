namespace Torc.Shared.Specs.Documents;

/// <summary>A value of a document in any notation, and where it stands. An alias shares the node of its anchor.</summary>
internal abstract class SpecNode
{
    private SpecNode(TextSpan at) => At = at;

    /// <summary>Where it stands; of lists and objects the first character.</summary>
    public TextSpan At { get; }

    public sealed class Mapping(TextSpan at, IReadOnlyList<SpecEntry> entries) : SpecNode(at)
    {
        /// <summary>In the order of the document, each key once.</summary>
        public IReadOnlyList<SpecEntry> Entries { get; } = entries;

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

    public sealed class Sequence(TextSpan at, IReadOnlyList<SpecNode> items) : SpecNode(at)
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
