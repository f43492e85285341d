namespace Torc.Shared.Graphs;

/// <summary>Finds what to show a person whose graph has a circle.</summary>
public static class Cycles
{
    // A search from every node could cost nodes times edges; a person is helped as well by a circle that is nearly the shortest.
    private const int MaxVisits = 2_000_000;

    /// <summary>Finds a shortest circle among nodes numbered from 0; in a very large tangle, a short one.</summary>
    /// <returns>Its nodes in order, each once, beginning with the smallest; empty if there is none.</returns>
    /// <exception cref="IndexOutOfRangeException">An edge names a node that is not there.</exception>
    public static IReadOnlyList<int> FindShortest(int nodeCount, IReadOnlyCollection<(int From, int To)> edges)
    {
        var next = Neighbors.Of(nodeCount, edges, edge => edge.From, edge => edge.To);
        bool[] isOnCircle = OnCircles(nodeCount, next, Neighbors.Of(nodeCount, edges, edge => edge.To, edge => edge.From));
        var search = new Search(next, isOnCircle);
        List<int> shortest = [];
        for (int start = 0; start < nodeCount && (shortest.Count == 0 || search.Visits <= MaxVisits) && shortest.Count != 1; start++)
        {
            if (isOnCircle[start] && search.ShortestThrough(start, shortest.Count == 0 ? int.MaxValue : shortest.Count) is { Count: > 0 } found)
            {
                shortest = found;
            }
        }

        return shortest;
    }

    // Whatever is left when nodes without a way in and nodes without a way out are peeled off again and again.
    private static bool[] OnCircles(int nodeCount, Neighbors next, Neighbors previous)
    {
        bool[] isLeft = new bool[nodeCount];
        Array.Fill(isLeft, true);
        Peel(previous, next, isLeft);
        Peel(next, previous, isLeft);
        return isLeft;
    }

    private static void Peel(Neighbors needed, Neighbors needing, bool[] isLeft)
    {
        int[] missing = new int[isLeft.Length];
        var free = new Queue<int>();
        for (int node = 0; node < isLeft.Length; node++)
        {
            foreach (int other in needed[node])
            {
                missing[node] += isLeft[other] ? 1 : 0;
            }

            if (isLeft[node] && missing[node] == 0)
            {
                free.Enqueue(node);
            }
        }

        while (free.TryDequeue(out int node))
        {
            isLeft[node] = false;
            foreach (int other in needing[node])
            {
                if (isLeft[other] && --missing[other] == 0)
                {
                    free.Enqueue(other);
                }
            }
        }
    }

    /// <summary>The nodes at the other ends of the edges of each node, one after the other in one array.</summary>
    private readonly struct Neighbors
    {
        private readonly int[] _ends;
        private readonly int[] _nodes;

        private Neighbors(int[] ends, int[] nodes)
        {
            _ends = ends;
            _nodes = nodes;
        }

        public ReadOnlySpan<int> this[int node] => _nodes.AsSpan((node == 0 ? 0 : _ends[node - 1]).._ends[node]);

        public static Neighbors Of(int nodeCount, IReadOnlyCollection<(int From, int To)> edges, Func<(int From, int To), int> near, Func<(int From, int To), int> far)
        {
            int[] ends = new int[nodeCount];
            foreach (var edge in edges)
            {
                ends[near(edge)]++;
            }

            for (int node = 1; node < nodeCount; node++)
            {
                ends[node] += ends[node - 1];
            }

            int[] nodes = new int[edges.Count];
            int[] free = [.. ends];
            foreach (var edge in edges)
            {
                nodes[--free[near(edge)]] = far(edge);
            }

            return new Neighbors(ends, nodes);
        }
    }

    private sealed class Search(Neighbors next, bool[] isOnCircle)
    {
        // Which search came to a node last, and from where: one array serves all searches.
        private readonly int[] _seenBy = new int[isOnCircle.Length];
        private readonly int[] _cameFrom = new int[isOnCircle.Length];
        private int _number;

        public int Visits { get; private set; }

        // Breadth first, and only over nodes greater than the start: the smallest node of a circle finds it.
        public List<int> ShortestThrough(int start, int below)
        {
            _number++;
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
                            return PathTo(node, start);
                        }

                        Visits++;
                        if (other > start && isOnCircle[other] && _seenBy[other] != _number)
                        {
                            _seenBy[other] = _number;
                            _cameFrom[other] = node;
                            further.Add(other);
                        }
                    }
                }

                level = further;
            }

            return [];
        }

        private List<int> PathTo(int last, int start)
        {
            var path = new List<int>();
            for (int node = last; node != start; node = _cameFrom[node])
            {
                path.Add(node);
            }

            path.Add(start);
            path.Reverse();
            return path;
        }
    }
}
