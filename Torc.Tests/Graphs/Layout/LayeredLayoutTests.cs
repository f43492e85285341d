using CsCheck;
using Torc.Shared.Graphs.Layout;
using Xunit;

namespace Torc.Tests.Graphs.Layout;

public sealed class LayeredLayoutTests
{
    private const double Tolerance = 0.001;
    private static readonly LayoutSpacing Spacing = new(Columns: 40, Rows: 10);

    private static readonly Gen<(LayoutNode[] Nodes, (int From, int To)[] Edges)> AnyGraph =
        from nodes in Gen.Select(Gen.Double[1, 200], Gen.Double[1, 60]).Select(size => new LayoutNode(size.Item1, size.Item2)).Array[0, 40]
        from pairs in Gen.Select(Gen.Int[0, Math.Max(0, nodes.Length - 1)], Gen.Int[0, Math.Max(0, nodes.Length - 1)]).Array[0, 80]
        select (nodes, pairs.Where(pair => pair.Item1 < pair.Item2).ToArray());

    [Fact]
    public void The_diamond_is_symmetrical_and_its_ends_lie_level()
    {
        var layout = Arrange(4, (0, 1), (0, 2), (1, 3), (2, 3));

        var boxes = layout.Boxes;
        Assert.Equal([0, 100, 100, 200], boxes.Select(box => box.X));
        Assert.Equal(boxes[0].Y, boxes[3].Y, Tolerance);
        Assert.Equal(boxes[0].CenterY, (boxes[1].CenterY + boxes[2].CenterY) / 2, Tolerance);
        Assert.Equal(50, layout.Height, Tolerance);
        Assert.Equal(260, layout.Width, Tolerance);
    }

    [Fact]
    public void Lines_that_need_not_cross_do_not()
    {
        // Drawn in the order of the spec, all four would cross.
        var layout = Arrange(8, (0, 7), (1, 6), (2, 5), (3, 4));

        for (int node = 0; node < 4; node++)
        {
            Assert.Equal(layout.Boxes[node].Y, layout.Boxes[7 - node].Y, Tolerance);
        }
    }

    [Fact]
    public void What_nothing_points_to_stands_beside_its_first_reader()
    {
        var layout = Arrange(4, (0, 1), (1, 2), (3, 2));

        Assert.Equal(layout.Boxes[1].X, layout.Boxes[3].X);
    }

    [Fact]
    public void A_long_line_runs_level_past_the_columns_between()
    {
        var layout = Arrange(4, (0, 1), (1, 2), (2, 3), (0, 3));

        var route = layout.Routes[3];
        Assert.Equal(6, route.Count);
        Assert.InRange(route.Skip(1).SkipLast(1).Max(point => point.Y) - route.Skip(1).SkipLast(1).Min(point => point.Y), 0, 1);
        Assert.All(layout.Boxes.Skip(1).SkipLast(1), box => Assert.False(route[1].Y > box.Y && route[1].Y < box.Bottom));
    }

    [Fact]
    public void No_nodes_give_an_empty_drawing()
    {
        var layout = Arrange(0);

        Assert.Equal((0, 0), (layout.Width, layout.Height));
    }

    [Fact]
    public void A_circle_is_refused() => Assert.Throws<ArgumentException>(() => Arrange(2, (0, 1), (1, 0)));

    [Fact]
    public void An_edge_to_nowhere_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => Arrange(2, (0, 2)));

    [Fact]
    public void Every_line_runs_from_left_to_right_between_the_boxes_it_joins() => AnyGraph.Sample(graph =>
    {
        var layout = LayeredLayout.Arrange(graph.Nodes, graph.Edges, Spacing);

        for (int edge = 0; edge < graph.Edges.Length; edge++)
        {
            var (from, to) = (layout.Boxes[graph.Edges[edge].From], layout.Boxes[graph.Edges[edge].To]);
            var route = layout.Routes[edge];
            Assert.True(from.Right + Spacing.Columns <= to.X + Tolerance);
            Assert.Equal(new LayoutPoint(from.Right, from.CenterY), route[0]);
            Assert.Equal(new LayoutPoint(to.X, to.CenterY), route[^1]);
            Assert.All(route.Zip(route.Skip(1)), step => Assert.True(step.First.X <= step.Second.X));
        }
    });

    [Fact]
    public void No_two_boxes_touch_and_all_lie_in_the_drawing() => AnyGraph.Sample(graph =>
    {
        var layout = LayeredLayout.Arrange(graph.Nodes, graph.Edges, Spacing);

        Assert.Equal(graph.Nodes, layout.Boxes.Select(box => new LayoutNode(box.Width, box.Height)));
        for (int first = 0; first < layout.Boxes.Count; first++)
        {
            var box = layout.Boxes[first];
            Assert.True(box.X >= -Tolerance && box.Y >= -Tolerance && box.Right <= layout.Width + Tolerance && box.Bottom <= layout.Height + Tolerance);
            for (int second = first + 1; second < layout.Boxes.Count; second++)
            {
                var other = layout.Boxes[second];
                bool apart = box.Right < other.X || other.Right < box.X
                    || box.Bottom + Spacing.Rows <= other.Y + Tolerance || other.Bottom + Spacing.Rows <= box.Y + Tolerance;
                Assert.True(apart, $"{first} and {second} overlap");
            }
        }
    });

    [Fact]
    public void Equal_graphs_give_equal_drawings() => AnyGraph.Sample(graph =>
    {
        var first = LayeredLayout.Arrange(graph.Nodes, graph.Edges, Spacing);
        var second = LayeredLayout.Arrange([.. graph.Nodes], [.. graph.Edges], Spacing);

        Assert.Equal(first.Boxes, second.Boxes);
        Assert.Equal(first.Routes, second.Routes);
    });

    [Fact]
    public void Very_long_lines_cannot_make_a_drawing_larger_than_its_graph()
    {
        // A chain of 4,000, and a line from its first node to each other: with all their bends eight million points.
        const int Count = 4_000;
        var edges = Enumerable.Range(1, Count - 1).Select(node => (node - 1, node)).Concat(Enumerable.Range(2, Count - 2).Select(node => (0, node)));

        var layout = Arrange(Count, [.. edges]);

        Assert.InRange(layout.Routes.Sum(route => route.Count), Count, 40 * Count);
    }

    [Fact]
    public void Ten_times_the_nodes_take_not_much_more_than_ten_times_as_long()
    {
        Measure(1_000);
        double small = Measure(1_000);
        double large = Measure(10_000);

        Assert.InRange(large / small, 0, 60);
    }

    private static double Measure(int count)
    {
        // Layers of 50 nodes, each fed by three of the layer before.
        var edges = Enumerable.Range(50, count - 50)
            .SelectMany(node => new[] { 0, 7, 31 }.Select(step => (((node / 50) - 1) * 50 + ((node + step) % 50), node)))
            .ToList();
        LayoutNode[] nodes = [.. Enumerable.Repeat(new LayoutNode(60, 20), count)];
        double best = double.MaxValue;
        for (int round = 0; round < 3; round++)
        {
            var watch = System.Diagnostics.Stopwatch.StartNew();
            LayeredLayout.Arrange(nodes, edges, Spacing);
            best = Math.Min(best, watch.Elapsed.TotalMilliseconds);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{count} nodes: {best:0.0} ms");
        return best;
    }

    private static GraphLayout Arrange(int nodes, params (int From, int To)[] edges) =>
        LayeredLayout.Arrange([.. Enumerable.Repeat(new LayoutNode(60, 20), nodes)], edges, Spacing);
}
