using Torc.Shared.Graphs.Layout;
using Torc.Shared.Workflows;

namespace Torc.Web.Graph;

/// <summary>
/// A workflow as it is drawn: it depends on the spec alone, never on where jobs stand, so that nothing moves while people look.
/// </summary>
public sealed record GraphPicture(IReadOnlyList<GraphNode> Nodes, IReadOnlyList<GraphEdge> Edges, double Width, double Height)
{
    /// <summary>Nodes and edges together. More than this is slow to draw and of no use to read.</summary>
    public const int MaxElements = 500;

    private const int MaxLabel = 26;
    private const double LetterWidth = 8.4;
    private const double SmallLetterWidth = 6.4;

    /// <summary>All are equally high, so that a job and its one file lie level.</summary>
    private const double NodeHeight = 48;
    private static readonly LayoutSpacing Spacing = new(Columns: 46, Rows: 26);

    /// <returns>Null if the workflow is too large to be drawn.</returns>
    public static GraphPicture? TryDraw(WorkflowDefinition workflow)
    {
        // Edges come one by one, so that a huge workflow is turned away before it costs anything.
        int nodeCount = workflow.Jobs.Count + workflow.Files.Count + workflow.UserData.Count;
        if (nodeCount > MaxElements)
        {
            return null;
        }

        var edges = Lines(workflow).Take(MaxElements - nodeCount + 1).ToList();
        return nodeCount + edges.Count > MaxElements ? null : Draw(workflow, edges);
    }

    private static GraphPicture Draw(WorkflowDefinition workflow, List<(int From, int To, bool IsOrderOnly)> edges)
    {
        GraphNode[] nodes =
        [
            .. workflow.Jobs.Select((job, position) => Node(GraphNodeKind.Job, position, job.Name, null)),
            .. workflow.Files.Select((file, position) => Node(GraphNodeKind.File, position, file.Name, file.Path)),
            .. workflow.UserData.Select((data, position) => Node(GraphNodeKind.UserData, position, data.Name, null)),
        ];
        var layout = LayeredLayout.Arrange(
            [.. nodes.Select(node => new LayoutNode(node.Box.Width, node.Box.Height))],
            [.. edges.Select(edge => (edge.From, edge.To))],
            Spacing);
        return new GraphPicture(
            [.. nodes.Select((node, index) => node with { Box = layout.Boxes[index] })],
            [.. edges.Select((edge, index) => new GraphEdge(edge.From, edge.To, edge.IsOrderOnly, SvgPath.Edge(layout.Routes[index])))],
            layout.Width,
            layout.Height);
    }

    private static GraphNode Node(GraphNodeKind kind, int position, string name, string? path)
    {
        string label = Shorten(name);
        string? detail = path is null || path.Equals(name, StringComparison.Ordinal) ? null : Shorten(path);
        double width = Math.Max(label.Length * LetterWidth, (detail?.Length ?? 0) * SmallLetterWidth);
        var (least, padding) = kind switch
        {
            GraphNodeKind.Job => (128d, 32d),
            GraphNodeKind.File => (80d, 30d),
            _ => (92d, 48d),
        };
        string title = detail is null ? name : $"{name}: {path}";
        return new GraphNode(kind, position, name, label, detail, title, new LayoutBox(0, 0, Math.Ceiling(Math.Max(least, width + padding)), NodeHeight));
    }

    private static string Shorten(string text) => text.Length <= MaxLabel ? text : $"{text[..(MaxLabel / 2)]}…{text[^((MaxLabel / 2) - 1)..]}";

    private static IEnumerable<(int From, int To, bool IsOrderOnly)> Lines(WorkflowDefinition workflow)
    {
        int firstFile = workflow.Jobs.Count;
        int firstData = firstFile + workflow.Files.Count;
        for (int position = 0; position < workflow.Jobs.Count; position++)
        {
            var job = workflow.Jobs[position];

            // A job that reads what it writes itself waits for nobody: only the writing is drawn.
            foreach (int file in job.InputFiles.Distinct().Except(job.OutputFiles))
            {
                yield return (firstFile + file, position, false);
            }

            foreach (int data in job.InputData.Distinct().Except(job.OutputData))
            {
                yield return (firstData + data, position, false);
            }

            foreach (int file in job.OutputFiles.Distinct())
            {
                yield return (position, firstFile + file, false);
            }

            foreach (int data in job.OutputData.Distinct())
            {
                yield return (position, firstData + data, false);
            }

            foreach (int blocker in workflow.Graph.BlockersOf(position).ToArray())
            {
                var before = workflow.Jobs[blocker];
                if (!before.OutputFiles.Intersect(job.InputFiles).Any() && !before.OutputData.Intersect(job.InputData).Any() && !IsSaidByOthers(workflow, blocker, position))
                {
                    yield return (blocker, position, true);
                }
            }
        }
    }

    // An action that comes before or after all jobs is drawn before the first and after the last of them alone.
    private static bool IsSaidByOthers(WorkflowDefinition workflow, int blocker, int position)
    {
        if (!workflow.Jobs[blocker].IsAction && !workflow.Jobs[position].IsAction)
        {
            return false;
        }

        foreach (int between in workflow.Graph.BlockersOf(position))
        {
            if (workflow.Graph.BlockersOf(between).BinarySearch(blocker) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
