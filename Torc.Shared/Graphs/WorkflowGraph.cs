namespace Torc.Shared.Graphs;

/// <summary>
/// Which jobs wait for which, by position in the spec: 0 is the first job. Built once from a spec, always free of cycles.
/// Arrays, so that a workflow of a million jobs costs its edges and nothing more.
/// </summary>
public sealed class WorkflowGraph
{
    private readonly int[][] _blockers;
    private readonly int[][] _dependents;

    private WorkflowGraph(int[][] blockers, int[][] dependents, int[] order)
    {
        _blockers = blockers;
        _dependents = dependents;
        TopologicalOrder = order;
        RemainingDepth = DepthsToEnd(dependents, order);
        Level = Levels(blockers, order);
    }

    public int JobCount => _blockers.Length;

    /// <summary>Every job after all that it waits for; among equals, in the order of the spec.</summary>
    public IReadOnlyList<int> TopologicalOrder { get; }

    /// <summary>For each job, the number of jobs on the longest path from it to the end of the workflow, itself included: at least 1.</summary>
    public IReadOnlyList<int> RemainingDepth { get; }

    /// <summary>For each job, the number of jobs on the longest path from a root to it, itself excluded: 0 for a root.</summary>
    public IReadOnlyList<int> Level { get; }

    /// <summary>The jobs that <paramref name="job"/> waits for directly.</summary>
    public ReadOnlySpan<int> BlockersOf(int job) => _blockers[job];

    /// <summary>The jobs that wait for <paramref name="job"/> directly.</summary>
    public ReadOnlySpan<int> DependentsOf(int job) => _dependents[job];

    /// <summary>Builds a graph; a dependency named twice counts once.</summary>
    /// <returns>Null if jobs wait for each other in a circle; <see cref="Cycles.FindShortest"/> names one.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An edge names a job that is not there.</exception>
    public static WorkflowGraph? TryBuild(int jobCount, IEnumerable<(int Blocker, int Job)> dependencies)
    {
        var blockers = new List<int>[jobCount];
        foreach (var (blocker, job) in dependencies)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)blocker, (uint)jobCount, nameof(dependencies));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)job, (uint)jobCount, nameof(dependencies));
            (blockers[job] ??= []).Add(blocker);
        }

        int[][] distinct = Array.ConvertAll(blockers, list => list is null ? [] : Distinct(list));
        int[][] dependents = Invert(distinct);
        return TrySort(distinct, dependents) is { } order ? new WorkflowGraph(distinct, dependents, order) : null;
    }

    private static int[] Distinct(List<int> jobs)
    {
        jobs.Sort();
        int count = 0;
        for (int index = 0; index < jobs.Count; index++)
        {
            if (count == 0 || jobs[index] != jobs[count - 1])
            {
                jobs[count++] = jobs[index];
            }
        }

        jobs.RemoveRange(count, jobs.Count - count);
        return [.. jobs];
    }

    private static int[][] Invert(int[][] blockers)
    {
        int[] counts = new int[blockers.Length];
        foreach (int[] list in blockers)
        {
            foreach (int blocker in list)
            {
                counts[blocker]++;
            }
        }

        int[][] dependents = Array.ConvertAll(counts, count => count == 0 ? [] : new int[count]);
        for (int job = blockers.Length - 1; job >= 0; job--)
        {
            foreach (int blocker in blockers[job])
            {
                dependents[blocker][--counts[blocker]] = job;
            }
        }

        return dependents;
    }

    // Kahn's algorithm: no recursion, since a chain may be a million jobs long. The heap keeps the order of the spec.
    private static int[]? TrySort(int[][] blockers, int[][] dependents)
    {
        int[] missing = Array.ConvertAll(blockers, list => list.Length);
        var free = new PriorityQueue<int, int>();
        for (int job = 0; job < blockers.Length; job++)
        {
            if (missing[job] == 0)
            {
                free.Enqueue(job, job);
            }
        }

        int[] order = new int[blockers.Length];
        int sorted = 0;
        while (free.TryDequeue(out int job, out _))
        {
            order[sorted++] = job;
            foreach (int dependent in dependents[job])
            {
                if (--missing[dependent] == 0)
                {
                    free.Enqueue(dependent, dependent);
                }
            }
        }

        return sorted == order.Length ? order : null;
    }

    private static int[] DepthsToEnd(int[][] dependents, int[] order)
    {
        int[] depths = new int[order.Length];
        foreach (int job in order.Reverse())
        {
            depths[job] = 1;
            foreach (int dependent in dependents[job])
            {
                depths[job] = Math.Max(depths[job], depths[dependent] + 1);
            }
        }

        return depths;
    }

    private static int[] Levels(int[][] blockers, int[] order)
    {
        int[] levels = new int[order.Length];
        foreach (int job in order)
        {
            foreach (int blocker in blockers[job])
            {
                levels[job] = Math.Max(levels[job], levels[blocker] + 1);
            }
        }

        return levels;
    }
}
