namespace Torc.Shared.Graphs;

/// <summary>Finds what lies on circles together: Tarjan's algorithm, without recursion, since a graph may be deep.</summary>
public static class StrongComponents
{
    /// <returns>For each node the number of its component; nodes that lead to each other have the same.</returns>
    public static int[] Find(int nodeCount, IReadOnlyCollection<(int From, int To)> edges)
    {
        var next = edges.ToLookup(edge => edge.From, edge => edge.To);
        int[] component = new int[nodeCount];
        int[] found = new int[nodeCount];
        int[] lowest = new int[nodeCount];
        Array.Fill(component, -1);
        Array.Fill(found, -1);
        var open = new Stack<int>();
        var path = new Stack<(int Node, IEnumerator<int> Ahead)>();
        int count = 0;
        int components = 0;
        for (int root = 0; root < nodeCount; root++)
        {
            if (found[root] >= 0)
            {
                continue;
            }

            Enter(root);
            while (path.TryPeek(out var top))
            {
                if (!top.Ahead.MoveNext())
                {
                    path.Pop();
                    Leave(top.Node);
                }
                else if (found[top.Ahead.Current] < 0)
                {
                    Enter(top.Ahead.Current);
                }
                else if (component[top.Ahead.Current] < 0)
                {
                    lowest[top.Node] = Math.Min(lowest[top.Node], found[top.Ahead.Current]);
                }
            }
        }

        return component;

        void Enter(int node)
        {
            found[node] = lowest[node] = count++;
            open.Push(node);
            path.Push((node, next[node].GetEnumerator()));
        }

        void Leave(int node)
        {
            if (path.TryPeek(out var above))
            {
                lowest[above.Node] = Math.Min(lowest[above.Node], lowest[node]);
            }

            if (lowest[node] != found[node])
            {
                return;
            }

            int member;
            do
            {
                member = open.Pop();
                component[member] = components;
            }
            while (member != node);

            components++;
        }
    }
}
