using Torc.Shared.Specs.Documents;

namespace Torc.Shared.Specs.Editing;

/// <summary>One change to the tree of a document, for which there is a change of its text.</summary>
/// <param name="At">The value that is replaced, or the list or object that gains or loses a part.</param>
internal abstract record TreeChange(SpecPath At)
{
    /// <param name="Parts">Pieces of a text and what takes their place, if that is all that changes.</param>
    public sealed record Replace(SpecPath At, SpecNode Now, IReadOnlyList<(string Was, string Now)>? Parts = null) : TreeChange(At);

    /// <param name="Before">The key that it stands before; null for the end.</param>
    public sealed record AddKey(SpecPath At, string Key, SpecNode Value, string? Before = null) : TreeChange(At);

    public sealed record RenameKey(SpecPath At, string Key, string To) : TreeChange(At);

    public sealed record RemoveKey(SpecPath At, string Key) : TreeChange(At);

    /// <param name="IsLong">Whether an object is to have a line for each key, where nothing beside it shows how such objects are written.</param>
    public sealed record AddItem(SpecPath At, SpecNode Value, bool IsLong = false) : TreeChange(At);

    public sealed record RemoveItem(SpecPath At, int Index) : TreeChange(At);

    /// <summary>The tree after the change. Only the way to the value is new.</summary>
    /// <exception cref="InvalidOperationException">There is no such place.</exception>
    public SpecNode Apply(SpecNode root) => Rebuild(root, Way(), 0);

    private List<SpecPath> Way()
    {
        var way = new List<SpecPath>();
        for (var link = At; link.Parent is not null; link = link.Parent)
        {
            way.Insert(0, link);
        }

        return way;
    }

    private SpecNode Rebuild(SpecNode node, List<SpecPath> way, int depth)
    {
        if (depth == way.Count)
        {
            return Changed(node);
        }

        return (node, way[depth]) switch
        {
            (SpecNode.Mapping mapping, { Key: { } key }) => new SpecNode.Mapping(
                mapping.At, [.. mapping.Entries.Select(entry => entry.Key == key ? entry with { Value = Rebuild(entry.Value, way, depth + 1) } : entry)], merged: mapping.Entries.Count - mapping.OwnEntries),
            (SpecNode.Sequence list, { Key: null, Index: var at }) => new SpecNode.Sequence(
                list.At, [.. list.Items.Select((item, index) => index == at ? Rebuild(item, way, depth + 1) : item)]),
            _ => throw new InvalidOperationException($"the document has no {At}"),
        };
    }

    private SpecNode Changed(SpecNode node)
    {
        switch (this, node)
        {
            case (Replace replace, _):
                return replace.Now;
            case (AddKey add, SpecNode.Mapping mapping):
                var entries = mapping.Entries.ToList();
                int before = add.Before is null ? -1 : entries.FindIndex(entry => entry.Key == add.Before);
                entries.Insert(before < 0 ? mapping.OwnEntries : before, new SpecEntry(add.Key, default, add.Value));
                return new SpecNode.Mapping(mapping.At, entries, merged: mapping.Entries.Count - mapping.OwnEntries);
            case (RenameKey rename, SpecNode.Mapping mapping):
                return new SpecNode.Mapping(
                    mapping.At, [.. mapping.Entries.Select(entry => entry.Key == rename.Key ? entry with { Key = rename.To } : entry)], merged: mapping.Entries.Count - mapping.OwnEntries);
            case (RemoveKey remove, SpecNode.Mapping mapping):
                return new SpecNode.Mapping(mapping.At, [.. mapping.Entries.Where(entry => entry.Key != remove.Key)]);
            case (AddItem add, SpecNode.Sequence list):
                return new SpecNode.Sequence(list.At, [.. list.Items, add.Value]);
            case (RemoveItem remove, SpecNode.Sequence list):
                return new SpecNode.Sequence(list.At, [.. list.Items.Where((_, index) => index != remove.Index)]);
            default:
                throw new InvalidOperationException($"what stands at {At} is of another kind");
        }
    }
}
