namespace Torc.Shared.Graphs.Layout;

/// <summary>
/// Gives everything its height in the drawing: as near to the middle of its neighbours as the order of its column and the
/// room between rows allow.
/// </summary>
internal static class RowPlacement
{
    private const int Sweeps = 4;

    /// <summary>A long edge is easier to follow when it runs level, so its bends pull harder than nodes.</summary>
    private const double BendWeight = 16;

    /// <summary>What has no neighbours on a side gives way, but not to nothing.</summary>
    private const double LooseWeight = 0.01;

    /// <returns>The vertical centre of each node and bend; negative values occur.</returns>
    public static double[] Place(LayeredGraph graph, double gap)
    {
        double[] centers = new double[graph.LayerOf.Length];
        foreach (int[] column in graph.Columns)
        {
            Settle(graph, column, gap, centers, _ => (0, 1));
        }

        for (int sweep = 0; sweep <= Sweeps; sweep++)
        {
            // The last sweep looks to both sides, so that neither wins.
            bool last = sweep == Sweeps;
            foreach (int[] column in graph.Columns)
            {
                Settle(graph, column, gap, centers, item => Wish(graph, item, centers, before: true, after: last));
            }

            foreach (int[] column in graph.Columns.Reverse())
            {
                Settle(graph, column, gap, centers, item => Wish(graph, item, centers, before: last, after: true));
            }
        }

        return centers;
    }

    private static (double Center, double Weight) Wish(LayeredGraph graph, int item, double[] centers, bool before, bool after)
    {
        bool isBend = graph.IsBend(item);
        var left = before ? graph.Before[item] : [];
        var right = after ? graph.After[item] : [];

        // When both sides count, a bend follows its edge's next bend and not the node at the end, so that the edge runs level.
        bool amongBends = isBend && before && after && (graph.IsBend(left[0]) || graph.IsBend(right[0]));
        double sum = 0;
        int count = 0;
        foreach (var neighbours in (ReadOnlySpan<List<int>>)[left, right])
        {
            foreach (int neighbour in neighbours)
            {
                if (!amongBends || graph.IsBend(neighbour))
                {
                    sum += centers[neighbour];
                    count++;
                }
            }
        }

        return count == 0 ? (centers[item], LooseWeight) : (sum / count, isBend ? BendWeight : 1);
    }

    // Least squares under "each at least so far below the one above": isotonic regression by pooling adjacent violators.
    // It is exact and linear. Subtracting the room that is needed above each item turns the condition into "not falling".
    private static void Settle(LayeredGraph graph, int[] column, double gap, double[] centers, Func<int, (double Center, double Weight)> wish)
    {
        double[] offsets = new double[column.Length];
        var pools = new Stack<(double Value, double Weight, int Count)>();
        for (int index = 0; index < column.Length; index++)
        {
            if (index > 0)
            {
                int above = column[index - 1];
                double room = graph.IsBend(above) && graph.IsBend(column[index]) ? gap / 2 : gap;
                offsets[index] = offsets[index - 1] + ((graph.Heights[above] + graph.Heights[column[index]]) / 2) + room;
            }

            var (center, weight) = wish(column[index]);
            var pool = (Value: center - offsets[index], Weight: weight, Count: 1);
            while (pools.TryPeek(out var last) && last.Value >= pool.Value)
            {
                pools.Pop();
                double together = last.Weight + pool.Weight;
                pool = (((last.Value * last.Weight) + (pool.Value * pool.Weight)) / together, together, last.Count + pool.Count);
            }

            pools.Push(pool);
        }

        int end = column.Length;
        foreach (var (value, _, count) in pools)
        {
            for (int index = end - count; index < end; index++)
            {
                centers[column[index]] = value + offsets[index];
            }

            end -= count;
        }
    }
}
