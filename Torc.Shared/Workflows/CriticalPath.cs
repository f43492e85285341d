namespace Torc.Shared.Workflows;

/// <summary>The chain of jobs that decides how long a workflow takes at least: without a shorter job in it, nothing gets faster.</summary>
public static class CriticalPath
{
    /// <param name="durationOf">How long the job at a position takes, not negative.</param>
    /// <returns>By position, from the first to the last; among equals the one that comes first in the spec. Empty if there are no jobs.</returns>
    public static IReadOnlyList<int> Of(WorkflowDefinition workflow, Func<int, TimeSpan> durationOf)
    {
        var graph = workflow.Graph;
        long[] ends = new long[graph.JobCount];
        int[] before = new int[graph.JobCount];
        int last = -1;
        foreach (int job in graph.TopologicalOrder)
        {
            before[job] = -1;
            long start = 0;
            foreach (int blocker in graph.BlockersOf(job))
            {
                if (before[job] < 0 || ends[blocker] > start)
                {
                    (before[job], start) = (blocker, ends[blocker]);
                }
            }

            ends[job] = start + durationOf(job).Ticks;
            if (last < 0 || ends[job] > ends[last])
            {
                last = job;
            }
        }

        var path = new List<int>();
        for (int job = last; job >= 0; job = before[job])
        {
            path.Add(job);
        }

        path.Reverse();
        return path;
    }
}
