using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Notations;
using Torc.Shared.Specs.Writing;

namespace Torc.Shared.Specs.Editing;

/// <summary>Entries of a spec on their way to another place: a text of JSON with lists such as <c>jobs</c> and <c>files</c>, as a spec has them.</summary>
public static class SpecClip
{
    private static readonly SpecThingKind[] Kinds = [.. Enum.GetValues<SpecThingKind>().Where(kind => kind != SpecThingKind.Workflow)];

    /// <returns>Null if none of them is there.</returns>
    public static string? Copy(SpecDocument document, IReadOnlyCollection<SpecThing> things)
    {
        var lists = Kinds
            .Select(kind => (Kind: kind, Entries: Entries(document.Root, things.Where(thing => thing.Kind == kind))))
            .Where(list => list.Entries.Count > 0)
            .Select(list => Nodes.Entry(SpecEntries.KeyOf(list.Kind), Nodes.List(list.Entries)))
            .ToList();
        return lists.Count == 0 ? null : JsonNodeWriter.Write(CanonicalSpec.Of(Nodes.Object(lists)));
    }

    /// <summary>What the things of a clip will be called in a document. None if the text is no clip.</summary>
    public static IReadOnlyDictionary<SpecThing, SpecThing> NewNames(SpecDocument document, string json) =>
        Read(json) is { } clip ? new ClipNames(document).Of(clip) : new Dictionary<SpecThing, SpecThing>();

    /// <summary>Things, and what the jobs among them produce, so that a copy of these jobs can run beside them.</summary>
    public static IReadOnlyList<SpecThing> WithProducts(SpecDocument document, IReadOnlyCollection<SpecThing> things) =>
    [
        .. things.Concat(SpecGraph.Of(document).Edges.Where(edge => edge.From.Kind == SpecThingKind.Job && edge.To.IsArtifact && things.Contains(edge.From)).Select(edge => edge.To)).Distinct(),
    ];

    /// <returns>Only the lists of entries, whatever else the text has; null if it has none.</returns>
    internal static SpecNode.Mapping? Read(string json)
    {
        if (SpecReader.Tree(json, SpecNotation.Json5) is not SpecNode.Mapping read)
        {
            return null;
        }

        var lists = Kinds.Select(SpecEntries.KeyOf).Select(key => read.Find(key)).OfType<SpecEntry>().Where(list => list.Value is SpecNode.Sequence { Items.Count: > 0 }).ToList();
        return lists.Count > 0 && lists.TrueForAll(list => ((SpecNode.Sequence)list.Value).Items.All(item => item is SpecNode.Mapping))
            ? (SpecNode.Mapping)CanonicalSpec.Of(Nodes.Object(lists))
            : null;
    }

    private static List<SpecNode> Entries(SpecNode? root, IEnumerable<SpecThing> things) =>
        [.. things.Select(thing => SpecEntries.Find(root, thing)).OfType<(int Index, SpecNode.Mapping Entry)>().DistinctBy(found => found.Index).OrderBy(found => found.Index).Select(found => found.Entry)];
}
