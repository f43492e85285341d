using Torc.Shared.Specs.Documents;

namespace Torc.Shared.Specs.Editing;

/// <summary>Finds changes that make one value of another, and leave alone what both have, so that its comments stay.</summary>
internal static class TreeDifference
{
    /// <returns>Each to the tree as those before it leave it.</returns>
    public static IReadOnlyList<TreeChange> Between(SpecPath at, SpecNode was, SpecNode now) => (was, now) switch
    {
        var _ when TreeEditor.AreEqual(was, now) => [],
        (SpecNode.Mapping one, SpecNode.Mapping other) when one.OwnEntries == one.Entries.Count && one.Entries.Any(entry => other.Find(entry.Key) is not null) => Objects(at, one, other),
        (SpecNode.Sequence one, SpecNode.Sequence other) when one.Items.Count > 0 && other.Items.Count > 0 => Lists(at, one, other) ?? [new TreeChange.Replace(at, now)],
        _ => [new TreeChange.Replace(at, now)],
    };

    // What is new comes before what is old goes, so that nothing is empty meanwhile.
    private static List<TreeChange> Objects(SpecPath at, SpecNode.Mapping was, SpecNode.Mapping now) =>
    [
        .. was.Entries.SelectMany(entry => now.Find(entry.Key) is { } other ? Between(at[entry.Key], entry.Value, other.Value) : []),
        .. now.Entries.Where(entry => was.Find(entry.Key) is null).Select(entry => new TreeChange.AddKey(at, entry.Key, entry.Value)),
        .. was.Entries.Where(entry => now.Find(entry.Key) is null).Select(entry => new TreeChange.RemoveKey(at, entry.Key)),
    ];

    private static List<TreeChange>? Lists(SpecPath at, SpecNode.Sequence was, SpecNode.Sequence now)
    {
        if (was.Items.Count == now.Items.Count && was.Items.Zip(now.Items).Count(pair => !TreeEditor.AreEqual(pair.First, pair.Second)) == 1)
        {
            return [.. was.Items.Zip(now.Items).SelectMany((pair, index) => Between(at[index], pair.First, pair.Second))];
        }

        var kept = Kept(was, now);
        return kept.Count == 0
            ? null
            :
            [
                .. now.Items.Skip(kept.Count).Select(item => new TreeChange.AddItem(at, item)),
                .. Enumerable.Range(0, was.Items.Count).Except(kept).OrderDescending().Select(index => new TreeChange.RemoveItem(at, index)),
            ];
    }

    // As much of the beginning of the new list as stands in the old one in this order: what follows can only be added at the end.
    private static List<int> Kept(SpecNode.Sequence was, SpecNode.Sequence now)
    {
        var kept = new List<int>();
        int next = 0;
        foreach (var item in now.Items)
        {
            while (next < was.Items.Count && !TreeEditor.AreEqual(was.Items[next], item))
            {
                next++;
            }

            if (next == was.Items.Count)
            {
                break;
            }

            kept.Add(next++);
        }

        return kept;
    }
}
