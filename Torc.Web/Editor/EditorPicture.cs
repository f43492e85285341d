using Torc.Shared.Graphs.Layout;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Editing;

namespace Torc.Web.Editor;

/// <summary>What the canvas shows of a document: each thing at its place, and the lines between them.</summary>
public sealed record EditorPicture(IReadOnlyList<EditorNode> Nodes, IReadOnlyList<EditorEdge> Edges)
{
    /// <summary>More things than this are slow to draw and of no use to look at: such a spec is edited as text.</summary>
    public const int MostNodes = 300;

    private const int Colours = 6;

    /// <summary>Draws a document whose things have their places.</summary>
    /// <param name="missingInputs">The paths of files that must exist and do not; null while nobody has looked.</param>
    public static EditorPicture Draw(SpecDocument document, EditorMode mode, IReadOnlyList<Diagnostic> problems, IReadOnlyList<string>? missingInputs)
    {
        var graph = SpecGraph.Of(document);
        if (graph.Nodes.Count > MostNodes)
        {
            return new EditorPicture([], []);
        }

        var classes = SpecForm.Names(document, SpecThingKind.Requirements).ToList();
        var produced = graph.Edges.Where(edge => edge.From.Kind == SpecThingKind.Job).Select(edge => edge.To).ToHashSet();
        var missing = missingInputs?.ToHashSet();
        var byOwner = problems.Where(problem => OwnerOf(problem.Path) is not null).ToLookup(problem => OwnerOf(problem.Path)!);
        var nodes = graph.Nodes
            .Where(node => mode == EditorMode.Files || node.Thing.Kind == SpecThingKind.Job)
            .Select(node =>
            {
                var own = byOwner[$"{ListOf(node.Thing.Kind)}/{node.Index}"].OrderByDescending(problem => problem.Severity == Severity.Error).ToList();
                bool mustExist = node.Thing.Kind == SpecThingKind.File && !produced.Contains(node.Thing);
                var place = document.Places.GetValueOrDefault(node.Thing.Key);
                var size = EditorPlaces.SizeOf(node);
                return new EditorNode(
                    node.Thing,
                    new LayoutBox(place.X, place.Y, size.Width, size.Height),
                    EditorPlaces.Shorten(node.Thing.Name),
                    node.Text is { Length: > 0 } text ? EditorPlaces.Shorten(FirstLine(text)) : null,
                    node.Copies,
                    node.Requirements,
                    node.Requirements is { } name ? Math.Max(0, classes.FindIndex(one => one == name)) % Colours : 0,
                    own.Count == 0 ? null : own[0].Severity,
                    string.Join("\n", own.Take(5).Select(problem => problem.Message)),
                    mustExist,
                    mustExist && missing is not null && node is { Copies: 1, Text: { } path } ? !missing.Contains(path) : null);
            });
        return new EditorPicture([.. nodes], [.. mode == EditorMode.Files ? EdgesOf(graph) : WaitsOf(graph)]);
    }

    /// <summary>The thing that a problem is about.</summary>
    /// <param name="path">A JSON pointer, as problems have it.</param>
    public static SpecThing? ThingAt(SpecDocument document, string path) =>
        SpecGraph.Of(document).Nodes.FirstOrDefault(node => OwnerOf(path) == $"{ListOf(node.Thing.Kind)}/{node.Index}")?.Thing;

    private static IEnumerable<EditorEdge> EdgesOf(SpecGraph graph) => graph.Edges.Select(edge => new EditorEdge(
        edge.From,
        edge.To,
        IsOrder: (edge.From.Kind, edge.To.Kind) is (SpecThingKind.Job, SpecThingKind.Job),
        IsDerived: false,
        (edge.From.Kind, edge.To.Kind) switch
        {
            (SpecThingKind.Job, SpecThingKind.Job) => $"{Name(edge.To)} waits for {Name(edge.From)} because it names it in depends_on.",
            (SpecThingKind.Job, _) => $"{Name(edge.From)} produces {Name(edge.To)}{Said(edge.Origin)}.",
            _ => $"{Name(edge.To)} needs {Name(edge.From)}{Said(edge.Origin)}.",
        }));

    private static IEnumerable<EditorEdge> WaitsOf(SpecGraph graph) =>
        graph.Waits.Select(wait => new EditorEdge(wait.For, wait.Job, IsOrder: wait.Because is null, IsDerived: wait.Because is not null, wait.Words));

    private static string Said(SpecGraphOrigin origin) => origin switch
    {
        SpecGraphOrigin.Command => ", as its command says",
        SpecGraphOrigin.Both => ", as its command and a list say",
        SpecGraphOrigin.Otherwise => ", as a regular expression or the name of a copy says",
        _ => "",
    };

    // "/jobs/2/command" is about the third job.
    private static string? OwnerOf(string path) => path.Split('/') is ["", var list, var index, ..] ? $"{list}/{index}" : null;

    private static string ListOf(SpecThingKind kind) => kind switch
    {
        SpecThingKind.Job => "jobs",
        SpecThingKind.File => "files",
        SpecThingKind.Dataset => "datasets",
        _ => "user_data",
    };

    private static string Name(SpecThing thing) => EditorPlaces.Shorten(thing.Name);

    private static string FirstLine(string text) => text.AsSpan().Trim().IndexOf('\n') is >= 0 and var end ? $"{text.Trim()[..end].TrimEnd()} …" : text.Trim();
}
