namespace Torc.Shared.Graphs.Layout;

/// <summary>Says in which column each node stands: one after the last of those that point to it.</summary>
internal static class Layers
{
    public static int[] Assign(int nodeCount, IReadOnlyList<(int From, int To)> edges)
    {
        var next = new List<int>[nodeCount];
        int[] missing = new int[nodeCount];
        foreach (var (from, to) in edges)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)from, (uint)nodeCount, nameof(edges));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)to, (uint)nodeCount, nameof(edges));
            (next[from] ??= []).Add(to);
            missing[to]++;
        }

        int[] layers = new int[nodeCount];
        bool[] starts = Array.ConvertAll(missing, count => count == 0);
        var free = new Queue<int>(Enumerable.Range(0, nodeCount).Where(node => starts[node]));
        int placed = 0;
        while (free.TryDequeue(out int node))
        {
            placed++;
            foreach (int after in next[node] ?? [])
            {
                layers[after] = Math.Max(layers[after], layers[node] + 1);
                if (--missing[after] == 0)
                {
                    free.Enqueue(after);
                }
            }
        }

        if (placed < nodeCount)
        {
            throw new ArgumentException("the edges make a circle", nameof(edges));
        }

        // What nothing points to, such as an input file, stands beside its first reader and not at the far left.
        for (int node = 0; node < nodeCount; node++)
        {
            if (starts[node] && next[node] is { } readers)
            {
                layers[node] = readers.Min(reader => layers[reader]) - 1;
            }
        }

        return layers;
    }
}
