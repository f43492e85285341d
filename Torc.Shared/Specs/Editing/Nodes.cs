using Torc.Shared.Specs.Documents;

namespace Torc.Shared.Specs.Editing;

/// <summary>Values that stand nowhere yet.</summary>
internal static class Nodes
{
    public static SpecNode.Scalar Text(string text) => Scalar(ScalarKind.Text, text);

    public static SpecNode.Scalar Scalar(ScalarKind kind, string text) => new(default, kind, text);

    public static SpecNode.Sequence List(params IReadOnlyList<SpecNode> items) => new(default, items);

    public static SpecNode.Mapping Object(params IReadOnlyList<SpecEntry> entries) => new(default, entries);

    public static SpecEntry Entry(string key, SpecNode value) => new(key, default, value);
}
