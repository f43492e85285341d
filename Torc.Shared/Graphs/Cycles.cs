namespace Torc.Shared.Graphs;

/// <summary>Finds what to show a person whose graph has a circle.</summary>
public static class Cycles
{
    // A search from every node could cost nodes times edges; a person is helped as well by a circle that is nearly the shortest.
    private const int MaxVisits = 2_000_000;

    /// <summary>Finds a shortest circle among nodes numbered from 0; in a very large tangle, a short one.</summary>
    /// <returns>Its nodes in order, each once, beginning with the smallest; empty if there is none.</returns>
    public static IReadOnlyList<int> FindShortest(int nodeCount, IEnumerable<(int From, int To)> edges)
    {
        var next = edges.Distinct().ToLookup(edge => edge.From, edge => edge.To);
        int[] candidates = OnCircles(nodeCount, next);
        List<int> shortest = [];
        int visits = 0;
        foreach (int start in candidates)
        {
            var found = ShortestThrough(start, next, shortest.Count == 0 ? int.MaxValue : shortest.Count, ref visits);
            if (found.Count > 0)
            {
                shortest = found;
            }

            if (shortest.Count == 1 || (shortest.Count > 1 && visits > MaxVisits))
            {
                break;
            }
        }

        return shortest;
    }

    // Whatever is left when nodes without a way in and nodes without a way out are peeled off again and again.
    private static int[] OnCircles(int nodeCount, ILookup<int, int> next)
    {
        var previous = next.SelectMany(from => from, (from, to) => (From: from.Key, To: to)).ToLookup(edge => edge.To, edge => edge.From);
        bool[] gone = new bool[nodeCount];
        Peel(previous, next, gone);
        Peel(next, previous, gone);
        return [.. Enumerable.Range(0, nodeCount).Where(node => !gone[node])];
    }

    private static void Peel(ILookup<int, int> needed, ILookup<int, int> needing, bool[] gone)
    {
        int[] missing = [.. Enumerable.Range(0, gone.Length).Select(node => needed[node].Count(other => !gone[other]))];
        var free = new Queue<int>(Enumerable.Range(0, gone.Length).Where(node => !gone[node] && missing[node] == 0));
        while (free.TryDequeue(out int node))
        {
            gone[node] = true;
            foreach (int other in needing[node])
            {
                if (!gone[other] && --missing[other] == 0)
                {
                    free.Enqueue(other);
                }
            }
        }
    }

    // Breadth first, and only over nodes greater than the start: the smallest node of a circle finds it.
    private static List<int> ShortestThrough(int start, ILookup<int, int> next, int below, ref int visits)
    {
        var cameFrom = new Dictionary<int, int>();
        var level = new List<int> { start };
        for (int length = 1; level.Count > 0 && length < below; length++)
        {
            var further = new List<int>();
            foreach (int node in level)
            {
                foreach (int other in next[node])
                {
                    if (other == start)
                    {
                        return PathTo(node, start, cameFrom);
                    }

                    visits++;
                    if (other > start && cameFrom.TryAdd(other, node))
                    {
                        further.Add(other);
                    }
                }
            }

            level = further;
        }

        return [];
    }

    private static List<int> PathTo(int last, int start, Dictionary<int, int> cameFrom)
    {
        var path = new List<int>();
        for (int node = last; node != start; node = cameFrom[node])
        {
            path.Add(node);
        }

        path.Add(start);
        path.Reverse();
        return path;
    }
}
