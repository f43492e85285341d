namespace Torc.Shared.Graphs.Layout;

/// <summary>
/// Orders each column so that few edges cross: again and again, from left to right and back, everything moves towards the
/// middle of its neighbours. The best order seen is kept.
/// </summary>
internal static class ColumnOrder
{
    private const int MaxSweeps = 12;

    /// <summary>After this many sweeps without gain there is hardly ever another.</summary>
    private const int MaxIdleSweeps = 3;

    public static void Improve(LayeredGraph graph)
    {
        int[] places = new int[graph.LayerOf.Length];
        foreach (int[] column in graph.Columns)
        {
            Number(column, places);
        }

        int[][] best = Copy(graph.Columns);
        long fewest = Crossings(graph, places);
        for (int sweep = 0, idle = 0; sweep < MaxSweeps && idle < MaxIdleSweeps && fewest > 0; sweep++)
        {
            for (int column = 1; column < graph.Columns.Length; column++)
            {
                Sort(graph.Columns[column], graph.Before, places);
            }

            for (int column = graph.Columns.Length - 2; column >= 0; column--)
            {
                Sort(graph.Columns[column], graph.After, places);
            }

            long crossings = Crossings(graph, places);
            idle++;
            if (crossings < fewest)
            {
                fewest = crossings;
                best = Copy(graph.Columns);
                idle = 0;
            }
        }

        best.CopyTo(graph.Columns, 0);
    }

    private static void Sort(int[] column, List<int>[] neighbours, int[] places)
    {
        // What has no neighbours stays about where it is. The old place breaks ties, which makes the sort stable.
        double[] wishes = Array.ConvertAll(
            column,
            item => neighbours[item].Count == 0 ? places[item] : neighbours[item].Average(neighbour => (double)places[neighbour]));
        var order = column.Select((item, index) => (Item: item, Wish: wishes[index])).ToArray();
        Array.Sort(order, (left, right) => left.Wish.CompareTo(right.Wish) is var wish && wish != 0 ? wish : places[left.Item] - places[right.Item]);
        for (int index = 0; index < column.Length; index++)
        {
            column[index] = order[index].Item;
        }

        Number(column, places);
    }

    private static void Number(int[] column, int[] places)
    {
        for (int index = 0; index < column.Length; index++)
        {
            places[column[index]] = index;
        }
    }

    private static long Crossings(LayeredGraph graph, int[] places)
    {
        long crossings = 0;
        for (int column = 0; column + 1 < graph.Columns.Length; column++)
        {
            crossings += Crossings(graph.Columns[column], graph.After, places, graph.Columns[column + 1].Length);
        }

        return crossings;
    }

    // Two edges cross if they begin in one order and end in the other: counted with a Fenwick tree over the right column.
    private static long Crossings(int[] column, List<int>[] after, int[] places, int rightCount)
    {
        int[] tree = new int[rightCount + 1];
        long crossings = 0;
        int counted = 0;
        foreach (int item in column)
        {
            foreach (int neighbour in after[item])
            {
                int above = 0;
                for (int index = places[neighbour] + 1; index > 0; index -= index & -index)
                {
                    above += tree[index];
                }

                crossings += counted - above;
            }

            foreach (int neighbour in after[item])
            {
                counted++;
                for (int index = places[neighbour] + 1; index <= rightCount; index += index & -index)
                {
                    tree[index]++;
                }
            }
        }

        return crossings;
    }

    private static int[][] Copy(int[][] columns) => Array.ConvertAll(columns, column => (int[])column.Clone());
}
