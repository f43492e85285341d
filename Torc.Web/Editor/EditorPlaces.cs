using Torc.Shared.Graphs;
using Torc.Shared.Graphs.Layout;
using Torc.Shared.Specs.Editing;

namespace Torc.Web.Editor;

/// <summary>Finds places on the canvas for things that have none, and for all of them.</summary>
internal static class EditorPlaces
{
    public const double ThingHeight = 48;
    public const double JobHeight = 60;

    private const int MostLetters = 24;
    private const double LetterWidth = 8.4;

    private static readonly LayoutSpacing Spacing = new(Columns: 70, Rows: 30);

    /// <summary>Where all things lie in layers from left to right; the same for the same document.</summary>
    public static IReadOnlyDictionary<string, SpecPlace?> Arrange(SpecDocument document)
    {
        var graph = SpecGraph.Of(document);
        return Arrange(graph.Nodes, graph.Edges);
    }

    /// <summary>The same for some things alone, whose upper left corner stays where it was.</summary>
    public static IReadOnlyDictionary<string, SpecPlace?> Arrange(SpecDocument document, IReadOnlySet<string> keys)
    {
        var graph = SpecGraph.Of(document);
        List<SpecGraphNode> nodes = [.. graph.Nodes.Where(node => keys.Contains(node.Thing.Key) && document.Places.ContainsKey(node.Thing.Key))];
        if (nodes.Count == 0)
        {
            return new Dictionary<string, SpecPlace?>();
        }

        var inside = nodes.Select(node => node.Thing).ToHashSet();
        var before = nodes.ConvertAll(node => document.Places[node.Thing.Key]);
        var arranged = Arrange(nodes, graph.Edges.Where(edge => inside.Contains(edge.From) && inside.Contains(edge.To)));
        double right = before.Min(place => place.X) - arranged.Values.Min(place => place!.Value.X);
        double down = before.Min(place => place.Y) - arranged.Values.Min(place => place!.Value.Y);
        return arranged.ToDictionary(place => place.Key, place => (SpecPlace?)new SpecPlace(place.Value!.Value.X + right, place.Value.Value.Y + down));
    }

    /// <summary>
    /// Places for the things that have none: what the text says, or beside what they hang together with, where nothing lies. Nothing else moves.
    /// </summary>
    public static IReadOnlyDictionary<string, SpecPlace?> Settle(SpecDocument document)
    {
        var graph = SpecGraph.Of(document);
        var nodes = graph.Nodes.DistinctBy(node => node.Thing.Key).ToList();
        if (nodes.Count > EditorPicture.MostNodes || nodes.All(node => document.Places.ContainsKey(node.Thing.Key)))
        {
            return new Dictionary<string, SpecPlace?>();
        }

        var written = SpecLayout.In(document);
        var found = nodes.Select(node => node.Thing.Key).Where(key => !document.Places.ContainsKey(key) && written.ContainsKey(key)).ToDictionary(key => key, key => (SpecPlace?)written[key]);
        var boxes = nodes.Where(node => document.Places.ContainsKey(node.Thing.Key) || found.ContainsKey(node.Thing.Key))
            .ToDictionary(node => node.Thing, node => BoxOf(node, found.GetValueOrDefault(node.Thing.Key) ?? document.Places[node.Thing.Key]));
        if (boxes.Count == 0)
        {
            return Arrange(graph.Nodes, graph.Edges);
        }

        foreach (var node in nodes.Where(node => !boxes.ContainsKey(node.Thing)))
        {
            var box = BoxOf(node, Wish(node, graph, boxes));
            while (boxes.Values.Any(other => Overlap(other, box)))
            {
                box = box with { Y = box.Y + ThingHeight + Spacing.Rows };
            }

            boxes[node.Thing] = box;
            found[node.Thing.Key] = new SpecPlace(box.X, box.Y);
        }

        return found;
    }

    /// <summary>The place nearest below one at which nothing lies; that itself if it is free.</summary>
    public static SpecPlace Free(SpecDocument document, SpecPlace wish)
    {
        var taken = SpecGraph.Of(document).Nodes.Where(node => document.Places.ContainsKey(node.Thing.Key)).Select(node => BoxOf(node, document.Places[node.Thing.Key])).ToList();
        var box = new LayoutBox(wish.X, wish.Y, 168, JobHeight);
        while (taken.Exists(other => Overlap(other, box)))
        {
            box = box with { Y = box.Y + (Spacing.Rows / 2) };
        }

        return new SpecPlace(box.X, box.Y);
    }

    public static LayoutNode SizeOf(SpecGraphNode node)
    {
        bool isJob = node.Thing.Kind == SpecThingKind.Job;
        double name = (Shorten(node.Thing.Name).Length + (node.Copies > 1 ? 7 : 0)) * LetterWidth;
        double detail = isJob ? 0 : Math.Min(node.Text?.Length ?? 0, MostLetters) * LetterWidth * 0.8;
        double width = Math.Max(name, detail) + (node.Thing.Kind == SpecThingKind.UserData ? 52 : 42);
        return new LayoutNode(Math.Ceiling(Math.Max(isJob ? 168 : 104, width)), isJob ? JobHeight : ThingHeight);
    }

    public static string Shorten(string text) => text.Length <= MostLetters ? text : $"{text[..(MostLetters - 1)]}…";

    private static Dictionary<string, SpecPlace?> Arrange(IEnumerable<SpecGraphNode> things, IEnumerable<SpecGraphEdge> lines)
    {
        var nodes = things.DistinctBy(node => node.Thing).ToList();
        var index = nodes.Select((node, place) => (node.Thing, Place: place)).ToDictionary(node => node.Thing, node => node.Place);
        var edges = lines.Where(edge => edge.From != edge.To).Select(edge => (From: index[edge.From], To: index[edge.To])).ToList();
        // A loop is a mistake that has to be seen all the same: within it no edge says what comes first.
        int[] loops = StrongComponents.Find(nodes.Count, edges);
        var layout = LayeredLayout.Arrange([.. nodes.Select(SizeOf)], [.. edges.Where(edge => loops[edge.From] != loops[edge.To])], Spacing);
        return nodes.Select((node, place) => (node.Thing.Key, Box: layout.Boxes[place]))
            .ToDictionary(node => node.Key, node => (SpecPlace?)new SpecPlace(Math.Round(node.Box.X), Math.Round(node.Box.Y)));
    }

    // Behind what it comes from, before what comes of it, or else below all.
    private static SpecPlace Wish(SpecGraphNode node, SpecGraph graph, Dictionary<SpecThing, LayoutBox> boxes)
    {
        var before = graph.Edges.Where(edge => edge.To == node.Thing && boxes.ContainsKey(edge.From)).Select(edge => boxes[edge.From]).ToList();
        var after = graph.Edges.Where(edge => edge.From == node.Thing && boxes.ContainsKey(edge.To)).Select(edge => boxes[edge.To]).ToList();
        return (before.Count, after.Count) switch
        {
            ( > 0, _) => new SpecPlace(before.Max(box => box.X + box.Width) + Spacing.Columns, Math.Round(before.Average(box => box.Y))),
            (_, > 0) => new SpecPlace(after.Min(box => box.X) - Spacing.Columns - SizeOf(node).Width, Math.Round(after.Average(box => box.Y))),
            _ => new SpecPlace(boxes.Values.Min(box => box.X), boxes.Values.Max(box => box.Y + box.Height) + Spacing.Rows),
        };
    }

    private static LayoutBox BoxOf(SpecGraphNode node, SpecPlace place) => new(place.X, place.Y, SizeOf(node).Width, SizeOf(node).Height);

    private static bool Overlap(LayoutBox one, LayoutBox other) =>
        one.X < other.X + other.Width && other.X < one.X + one.Width && one.Y < other.Y + other.Height && other.Y < one.Y + one.Height;
}
