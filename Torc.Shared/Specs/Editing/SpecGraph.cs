using Torc.Shared.Specs.Documents;
using Torc.Shared.Texts;

namespace Torc.Shared.Specs.Editing;

/// <summary>What a canvas shows of a document: its entries, and how they hang together. A job that parameters make many of is one node.</summary>
/// <param name="Edges">From jobs to what they produce, from that to jobs that need it, and from jobs to those that name them in <c>depends_on</c>.</param>
/// <param name="Waits">Which job waits for which, whatever the reason.</param>
public sealed record SpecGraph(IReadOnlyList<SpecGraphNode> Nodes, IReadOnlyList<SpecGraphEdge> Edges, IReadOnlyList<SpecGraphWait> Waits)
{
    private static readonly SpecThingKind[] Artifacts = [SpecThingKind.File, SpecThingKind.Dataset, SpecThingKind.UserData];
    private static readonly SpecThingKind[] Kinds = [SpecThingKind.Job, .. Artifacts];

    /// <returns>No edges if it cannot be said what jobs refer to; nothing at all if the text cannot be read.</returns>
    public static SpecGraph Of(SpecDocument document)
    {
        if (document.Root is not { } root)
        {
            return new SpecGraph([], [], []);
        }

        var edges = new List<SpecGraphEdge>();
        var waits = new Dictionary<(int Job, int For), SpecGraphWait>();
        if (document.Relations is { } relations)
        {
            var names = Kinds.ToDictionary(kind => kind, kind => SpecEntries.Of(root, kind).ToDictionary(entry => entry.Index, entry => entry.Name));
            var origins = Origins(root);
            var said = References(relations).ToList();
            var producers = said.Where(reference => reference.IsOutput).ToLookup(reference => (reference.Kind, reference.Entry), reference => reference.Job);
            foreach (var (job, kind, entry, isOutput) in said)
            {
                var (one, other) = (SpecThing.Job(names[SpecThingKind.Job][job]), new SpecThing(kind, names[kind][entry]));
                var origin = origins.GetValueOrDefault((job, kind, Composition.Compose(other.Name), isOutput), SpecGraphOrigin.Otherwise);
                edges.Add(isOutput ? new SpecGraphEdge(one, other, origin) : new SpecGraphEdge(other, one, origin));
                if (kind == SpecThingKind.Job)
                {
                    waits[(job, entry)] = new SpecGraphWait(one, other, Because: null);
                }
                else if (!isOutput)
                {
                    foreach (int producer in producers[(kind, entry)].Where(producer => producer != job))
                    {
                        waits.TryAdd((job, producer), new SpecGraphWait(one, SpecThing.Job(names[SpecThingKind.Job][producer]), other));
                    }
                }
            }
        }

        return new SpecGraph([.. NodesOf(document, root)], edges, [.. waits.OrderBy(wait => wait.Key).Select(wait => wait.Value)]);
    }

    private static IEnumerable<SpecGraphNode> NodesOf(SpecDocument document, SpecNode root)
    {
        foreach (var kind in Kinds)
        {
            foreach (var (index, entry, name) in SpecEntries.Of(root, kind))
            {
                int copies = document.Relations?.CopiesOf(kind, index).Count ?? 1;
                yield return new SpecGraphNode(
                    new SpecThing(kind, name), index, copies, document.Reading.LineOf(entry.At), document.Reading.LineOf(LastOf(entry)), (SpecEntries.Find(entry, kind == SpecThingKind.Job ? "command" : "path") as SpecNode.Scalar)?.Text,
                    (SpecEntries.Find(entry, "resource_requirements") as SpecNode.Scalar)?.Text);
            }
        }
    }

    // YAML counts the line ends behind a list or an object to it: the last value says where it really ends.
    private static TextSpan LastOf(SpecNode node) => node switch
    {
        SpecNode.Mapping { Entries: [.., var entry] } => LastOf(entry.Value),
        SpecNode.Sequence { Items: [.., var item] } => LastOf(item),
        _ => new TextSpan(Math.Max(node.At.Start, node.At.End - 1), node.At.End),
    };

    // Each pair of entries once, whatever the number of their copies.
    private static IEnumerable<(int Job, SpecThingKind Kind, int Entry, bool IsOutput)> References(Relations relations)
    {
        var bound = relations.Bound;
        var seen = new HashSet<(int, SpecThingKind, int, bool)>();
        foreach (var job in bound.Jobs.Values)
        {
            int entry = job.Source.Path.Index;
            foreach (var (kind, isOutput) in Artifacts.SelectMany(kind => new[] { (kind, false), (kind, true) }).Prepend((SpecThingKind.Job, false)))
            {
                foreach (int thing in Relations.References(job, kind, isOutput).Positions)
                {
                    int other = kind switch
                    {
                        SpecThingKind.Job => bound.Jobs.PathOf(thing).Index,
                        SpecThingKind.File => bound.Files.PathOf(thing).Index,
                        SpecThingKind.Dataset => bound.Datasets.PathOf(thing).Index,
                        _ => bound.UserData.PathOf(thing).Index,
                    };
                    if (seen.Add((entry, kind, other, isOutput)))
                    {
                        yield return (entry, kind, other, isOutput);
                    }
                }
            }
        }
    }

    private static Dictionary<(int Job, SpecThingKind Kind, string Name, bool IsOutput), SpecGraphOrigin> Origins(SpecNode root)
    {
        var origins = new Dictionary<(int, SpecThingKind, string, bool), SpecGraphOrigin>();
        foreach (var kind in Kinds)
        {
            foreach (var mention in Mentions.All(root, kind).Where(mention => mention.Entry is not null))
            {
                var key = (mention.Entry!.Value, kind, Composition.Compose(mention.Name), mention.IsOutput);
                var origin = mention.Inside is null ? SpecGraphOrigin.List : SpecGraphOrigin.Command;
                origins[key] = origins.TryGetValue(key, out var known) && known != origin ? SpecGraphOrigin.Both : origin;
            }
        }

        return origins;
    }
}
