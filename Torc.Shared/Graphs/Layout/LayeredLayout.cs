namespace Torc.Shared.Graphs.Layout;

/// <summary>
/// Draws a graph without circles from left to right, in columns, after Sugiyama: every edge goes from a column to a later
/// one, few edges cross, and what belongs together lies level. Equal input gives an equal drawing.
/// </summary>
public static class LayeredLayout
{
    /// <exception cref="ArgumentException">The edges make a circle.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An edge names a node that is not there.</exception>
    public static GraphLayout Arrange(IReadOnlyList<LayoutNode> nodes, IReadOnlyList<(int From, int To)> edges, LayoutSpacing spacing)
    {
        int[] layers = Layers.Assign(nodes.Count, edges);
        var graph = LayeredGraph.Build(nodes, edges, layers);
        ColumnOrder.Improve(graph);
        double[] centers = RowPlacement.Place(graph, spacing.Rows);
        return Draw(nodes, edges, graph, centers, spacing);
    }

    private static GraphLayout Draw(
        IReadOnlyList<LayoutNode> nodes,
        IReadOnlyList<(int From, int To)> edges,
        LayeredGraph graph,
        double[] centers,
        LayoutSpacing spacing)
    {
        double[] widths = new double[graph.Columns.Length];
        double top = 0;
        double bottom = 0;
        for (int node = 0; node < nodes.Count; node++)
        {
            ref double width = ref widths[graph.LayerOf[node]];
            width = Math.Max(width, nodes[node].Width);
            top = Math.Min(top, centers[node] - (nodes[node].Height / 2));
            bottom = Math.Max(bottom, centers[node] + (nodes[node].Height / 2));
        }

        foreach (double center in centers.AsSpan(nodes.Count))
        {
            top = Math.Min(top, center);
            bottom = Math.Max(bottom, center);
        }

        double[] lefts = new double[widths.Length];
        for (int column = 1; column < widths.Length; column++)
        {
            lefts[column] = lefts[column - 1] + widths[column - 1] + spacing.Columns;
        }

        var boxes = new LayoutBox[nodes.Count];
        for (int node = 0; node < boxes.Length; node++)
        {
            int column = graph.LayerOf[node];
            var (width, height) = nodes[node];
            boxes[node] = new LayoutBox(lefts[column] + ((widths[column] - width) / 2), centers[node] - (height / 2) - top, width, height);
        }

        var routes = new IReadOnlyList<LayoutPoint>[edges.Count];
        for (int edge = 0; edge < routes.Length; edge++)
        {
            var (from, to) = edges[edge];
            var route = new List<LayoutPoint> { new(boxes[from].Right, boxes[from].CenterY) };
            foreach (int bend in graph.BendsOf[edge])
            {
                int column = graph.LayerOf[bend];
                route.Add(new LayoutPoint(lefts[column], centers[bend] - top));
                route.Add(new LayoutPoint(lefts[column] + widths[column], centers[bend] - top));
            }

            route.Add(new LayoutPoint(boxes[to].X, boxes[to].CenterY));
            routes[edge] = route;
        }

        return new GraphLayout(boxes, routes, nodes.Count == 0 ? 0 : lefts[^1] + widths[^1], bottom - top);
    }
}
