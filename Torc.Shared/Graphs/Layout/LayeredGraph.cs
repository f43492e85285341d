namespace Torc.Shared.Graphs.Layout;

/// <summary>
/// The graph while it is laid out: in each column an order of its nodes, and between them the bends of edges that pass by.
/// A bend is numbered like a node, after the nodes, so that from here on every edge joins neighbouring columns.
/// </summary>
internal sealed class LayeredGraph
{
    private LayeredGraph(int[] layerOf, double[] heights, int nodeCount, List<int>[] before, List<int>[] after, int[][] bendsOf, int[][] columns)
    {
        LayerOf = layerOf;
        Heights = heights;
        NodeCount = nodeCount;
        Before = before;
        After = after;
        BendsOf = bendsOf;
        Columns = columns;
    }

    public int[] LayerOf { get; }

    /// <summary>0 for a bend.</summary>
    public double[] Heights { get; }

    public int NodeCount { get; }

    /// <summary>For each node and bend, its neighbours in the column to the left.</summary>
    public List<int>[] Before { get; }

    /// <summary>For each node and bend, its neighbours in the column to the right.</summary>
    public List<int>[] After { get; }

    /// <summary>For each edge its bends, from left to right.</summary>
    public int[][] BendsOf { get; }

    /// <summary>For each column what stands in it, from top to bottom.</summary>
    public int[][] Columns { get; }

    public bool IsBend(int item) => item >= NodeCount;

    public static LayeredGraph Build(IReadOnlyList<LayoutNode> nodes, IReadOnlyList<(int From, int To)> edges, int[] layers)
    {
        // A few very long edges could have more bends than the graph has anything else. Those beyond the allowance go straight:
        // such a graph is too large to be followed edge by edge.
        long allowance = 1_000 + (4L * (nodes.Count + edges.Count));
        var layerOf = new List<int>(layers);
        int[][] bendsOf = new int[edges.Count][];
        for (int edge = 0; edge < edges.Count; edge++)
        {
            var (from, to) = edges[edge];
            int count = layers[to] - layers[from] - 1;
            if (count > allowance)
            {
                count = 0;
            }

            allowance -= count;
            bendsOf[edge] = [.. Enumerable.Range(layerOf.Count, count)];
            layerOf.AddRange(Enumerable.Range(layers[from] + 1, count));
        }

        var before = Lists(layerOf.Count);
        var after = Lists(layerOf.Count);
        for (int edge = 0; edge < edges.Count; edge++)
        {
            var (from, to) = edges[edge];
            int last = from;
            foreach (int item in bendsOf[edge].Append(to))
            {
                if (layerOf[item] == layerOf[last] + 1)
                {
                    after[last].Add(item);
                    before[item].Add(last);
                }

                last = item;
            }
        }

        double[] heights = new double[layerOf.Count];
        for (int node = 0; node < nodes.Count; node++)
        {
            heights[node] = nodes[node].Height;
        }

        var columns = Lists(layerOf.Count == 0 ? 0 : layerOf.Max() + 1);
        for (int item = 0; item < layerOf.Count; item++)
        {
            columns[layerOf[item]].Add(item);
        }

        return new LayeredGraph([.. layerOf], heights, nodes.Count, before, after, bendsOf, Array.ConvertAll(columns, column => column.ToArray()));
    }

    private static List<int>[] Lists(int count)
    {
        var lists = new List<int>[count];
        for (int index = 0; index < count; index++)
        {
            lists[index] = [];
        }

        return lists;
    }
}
