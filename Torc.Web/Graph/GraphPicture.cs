using Torc.Shared.Graphs.Layout;
using Torc.Shared.Workflows;

namespace Torc.Web.Graph;

/// <summary>
/// A workflow as it is drawn: it depends on the spec and on how one looks at it, never on where jobs stand, so that nothing moves while
/// people look.
/// </summary>
/// <param name="Nodes">Jobs and groups come first.</param>
/// <param name="Lens">What is drawn: less than was asked for if that would be too much.</param>
/// <param name="IsWhole">Whether all that was asked for is drawn as it was asked for.</param>
public sealed record GraphPicture(
    JobGroups Groups, IReadOnlyList<GraphNode> Nodes, IReadOnlyList<GraphEdge> Edges, double Width, double Height, GraphLens Lens, bool IsWhole, bool IsDownward)
{
    /// <summary>Nodes and edges together. More than this is slow to draw and of no use to read.</summary>
    public const int MaxElements = 500;

    /// <summary>So many jobs and groups are drawn if nobody asks for more.</summary>
    public const int MaxUnits = 150;

    private const int MaxFocused = 300;
    private const int FoldAbove = 6;
    private static readonly LayoutSpacing Spacing = new(Columns: 46, Rows: 26);

    /// <summary>Draws a workflow within <see cref="MaxElements"/>, however large it is.</summary>
    public static GraphPicture Draw(WorkflowDefinition workflow, JobGroups groups, GraphView view)
    {
        int focused = view.Focus is { } focus ? Position(workflow, focus.Job) : -1;
        var (sketch, lens, isWhole) = focused >= 0 ? Around(workflow, groups, view, focused) : Whole(workflow, groups, view);
        return Arrange(groups, sketch, lens, isWhole, view.IsDownward);
    }

    /// <returns>The nodes of jobs and groups in which some jobs are, by position among the nodes.</returns>
    public IReadOnlySet<int> NodesOf(IEnumerable<int> jobs)
    {
        var places = Nodes.Index()
            .Where(node => node.Item.Kind is GraphNodeKind.Job or GraphNodeKind.Group)
            .ToDictionary(node => (node.Item.Kind, node.Item.Position), node => node.Index);
        var found = new HashSet<int>();
        foreach (int job in jobs)
        {
            if (places.TryGetValue((GraphNodeKind.Job, job), out int node) || places.TryGetValue((GraphNodeKind.Group, Groups.Of(job)), out node))
            {
                found.Add(node);
            }
        }

        return found;
    }

    // From the fullest drawing to the emptiest: the first that fits is taken, and the last is made to fit.
    private static (GraphSketch Sketch, GraphLens Lens, bool IsWhole) Whole(WorkflowDefinition workflow, JobGroups groups, GraphView view)
    {
        int[] sizes = view.Grouping == GraphGrouping.None ? [MaxElements, MaxUnits, 100, 60, 30, 0] : [MaxUnits, 100, 60, 30, 0];
        bool isWhole = true;
        GraphSketch sketch;
        foreach (var lens in new[] { view.Lens, GraphLens.Jobs }.Distinct())
        {
            foreach (int most in sizes)
            {
                var units = GraphUnits.Grouped(workflow, groups, view, most, IsDrawn(workflow, lens));
                foreach (int foldAbove in (ReadOnlySpan<int>)[FoldAbove, 1])
                {
                    sketch = GraphSketch.Draw(workflow, groups, units, lens, foldAbove, focus: null);
                    if (sketch.Elements <= MaxElements)
                    {
                        return (sketch, lens, isWhole);
                    }
                }

                isWhole = false;
            }
        }

        var few = GraphUnits.Grouped(workflow, groups, new GraphView(Grouping: GraphGrouping.All), 0, IsDrawn(workflow, GraphLens.Jobs));
        sketch = GraphSketch.Draw(workflow, groups, few, GraphLens.Jobs, FoldAbove, focus: null);
        return (sketch.Cut(MaxElements), GraphLens.Jobs, false);
    }

    private static Func<int, bool> IsDrawn(WorkflowDefinition workflow, GraphLens lens) =>
        lens == GraphLens.Data ? job => workflow.Jobs[job].InputData.Count + workflow.Jobs[job].OutputData.Count > 0 : _ => true;

    private static (GraphSketch Sketch, GraphLens Lens, bool IsWhole) Around(WorkflowDefinition workflow, JobGroups groups, GraphView view, int job)
    {
        GraphSketch? sketch = null;
        var lens = view.Lens;
        bool isWhole = true;
        for (int most = MaxFocused; sketch is null || sketch.Elements > MaxElements; most = Math.Max(1, most * 2 / 3))
        {
            var (isNear, before, after) = GraphNeighbourhood.Find(workflow, job, view.Focus!, most);
            var units = GraphUnits.Single(workflow, groups, position => isNear[position]);
            lens = most > 1 ? lens : GraphLens.Jobs;
            sketch = GraphSketch.Draw(workflow, groups, units, lens, FoldAbove, focus: job);
            sketch.AddMore(units.Of(job)!.Value, before, isBefore: true);
            sketch.AddMore(units.Of(job)!.Value, after, isBefore: false);
            isWhole = before + after == 0;
        }

        return (sketch, lens, isWhole);
    }

    private static int Position(WorkflowDefinition workflow, string name)
    {
        for (int position = 0; position < workflow.Jobs.Count; position++)
        {
            if (workflow.Jobs[position].Name.Equals(name, StringComparison.Ordinal))
            {
                return position;
            }
        }

        return -1;
    }

    private static GraphPicture Arrange(JobGroups groups, GraphSketch sketch, GraphLens lens, bool isWhole, bool isDownward)
    {
        // A drawing from top to bottom is one from left to right with the two directions exchanged.
        var layout = LayeredLayout.Arrange(
            [.. sketch.Nodes.Select(node => isDownward ? new LayoutNode(node.Box.Height, node.Box.Width) : new LayoutNode(node.Box.Width, node.Box.Height))],
            [.. sketch.Edges.Select(edge => (edge.From, edge.To))],
            Spacing);
        return new GraphPicture(
            groups,
            [.. sketch.Nodes.Select((node, index) => node with { Box = isDownward ? Turned(layout.Boxes[index]) : layout.Boxes[index] })],
            [.. sketch.Edges.Select((edge, index) => new GraphEdge(edge.From, edge.To, edge.Kind, edge.Title, SvgPath.Edge(layout.Routes[index], isDownward)))],
            isDownward ? layout.Height : layout.Width,
            isDownward ? layout.Width : layout.Height,
            lens,
            isWhole,
            isDownward);
    }

    private static LayoutBox Turned(LayoutBox box) => new(box.Y, box.X, box.Height, box.Width);
}
