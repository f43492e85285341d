using Torc.Shared.Specs.Documents;

namespace Torc.Shared.Specs.Editing;

/// <summary>Makes a clip fit a document: with names of its own, and without what it cannot refer to there.</summary>
internal static class ClipFit
{
    private static readonly SpecThingKind[] Named = [.. Enum.GetValues<SpecThingKind>().Where(kind => kind != SpecThingKind.Workflow)];

    /// <param name="clip">Lists of entries, as a spec has them.</param>
    public static SpecNode To(SpecDocument document, SpecNode clip)
    {
        var free = new ClipNames(document);
        var names = free.Of(clip);
        foreach (var change in free.Paths(clip))
        {
            clip = change.Apply(clip);
        }

        // No new name is an old one of the clip, so one after the other does no harm.
        foreach (var (thing, now) in names.Where(name => name.Key != name.Value))
        {
            var entry = SpecEntries.PathOf(thing.Kind, SpecEntries.Find(clip, thing)!.Value.Index);
            foreach (var change in NewName.In(Mentions.Of(clip, thing).ToList(), thing.Kind, now.Name).Prepend(new TreeChange.Replace(entry["name"], Nodes.Text(now.Name))))
            {
                clip = change.Apply(clip);
            }
        }

        var pasted = names.Values.ToHashSet();
        return Without(clip, [.. Named.SelectMany(kind => Mentions.All(clip, kind).Where(mention => !Stays(document, free, pasted, kind, mention)))]);
    }

    // A command stays as it is: one with a hole in it would do something else, and a mistake in it is told.
    private static bool Stays(SpecDocument document, ClipNames names, HashSet<SpecThing> pasted, SpecThingKind kind, Mention mention)
    {
        var thing = new SpecThing(kind, mention.Name);
        return mention.Inside is not null || pasted.Contains(thing) || mention.Name.Contains('{')
            || (names.IsThere(thing) && !(mention.IsOutput && kind != SpecThingKind.Dataset && IsProduced(document, thing)));
    }

    private static bool IsProduced(SpecDocument document, SpecThing thing) =>
        document.Root is { } root && Mentions.Of(root, thing).Any(mention => mention.IsOutput);

    private static SpecNode Without(SpecNode clip, List<Mention> mentions)
    {
        foreach (var mention in mentions.Where(mention => !mention.IsItem))
        {
            clip = new TreeChange.RemoveKey(mention.Path.Parent!, mention.Path.Key!).Apply(clip);
        }

        foreach (var list in mentions.Where(mention => mention.IsItem).GroupBy(mention => mention.Path.Parent!.ToString()))
        {
            var path = list.First().Path.Parent!;
            if (list.Count() == ((SpecNode.Sequence)path.In(clip)!).Items.Count)
            {
                clip = new TreeChange.RemoveKey(path.Parent!, path.Key!).Apply(clip);
                continue;
            }

            foreach (var mention in list.OrderByDescending(mention => mention.Path.Index))
            {
                clip = new TreeChange.RemoveItem(path, mention.Path.Index).Apply(clip);
            }
        }

        return clip;
    }
}
