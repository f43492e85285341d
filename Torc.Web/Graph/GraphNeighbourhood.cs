using Torc.Shared.Workflows;

namespace Torc.Web.Graph;

/// <summary>The jobs around one, the nearest first.</summary>
internal static class GraphNeighbourhood
{
    /// <param name="most">At least 1: the job itself.</param>
    /// <returns>Whether each job, by position, is near enough; and how many more are before it and after it within the steps asked for.</returns>
    public static (bool[] IsNear, int MoreBefore, int MoreAfter) Find(WorkflowDefinition workflow, int job, GraphFocus focus, int most)
    {
        var before = Walk(workflow, job, focus.Up, position => workflow.Graph.BlockersOf(position));
        var after = Walk(workflow, job, focus.Down, position => workflow.Graph.DependentsOf(position));
        bool[] isNear = new bool[workflow.Jobs.Count];
        isNear[job] = true;
        int left = most - 1;
        int takenBefore = 0;
        int takenAfter = 0;
        foreach (var (position, _, isBefore) in before.Select(near => (near.Job, near.Steps, IsBefore: true)).Concat(after.Select(near => (near.Job, near.Steps, IsBefore: false))).OrderBy(near => near.Steps))
        {
            if (left == 0)
            {
                break;
            }

            isNear[position] = true;
            left--;
            takenBefore += isBefore ? 1 : 0;
            takenAfter += isBefore ? 0 : 1;
        }

        return (isNear, before.Count - takenBefore, after.Count - takenAfter);
    }

    private static List<(int Job, int Steps)> Walk(WorkflowDefinition workflow, int job, int steps, Func<int, ReadOnlySpan<int>> next)
    {
        var seen = new HashSet<int> { job };
        var found = new List<(int Job, int Steps)>();
        int[] edge = [job];
        for (int step = 1; step <= steps && edge.Length > 0; step++)
        {
            var beyond = new List<int>();
            foreach (int position in edge)
            {
                foreach (int neighbour in next(position))
                {
                    if (seen.Add(neighbour))
                    {
                        beyond.Add(neighbour);
                        found.Add((neighbour, step));
                    }
                }
            }

            edge = [.. beyond];
        }

        return found;
    }
}
