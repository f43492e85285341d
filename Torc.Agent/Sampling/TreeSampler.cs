using Torc.Shared.Jobs;
using Torc.Shared.Quantities;

namespace Torc.Agent.Sampling;

/// <summary>Sums up what the processes of each attempt use.</summary>
internal static class TreeSampler
{
    public static IReadOnlyList<TreeUse> Sum(IReadOnlyList<(ProcessInfo Process, AttemptId Attempt)> processes, IEnumerable<AttemptId> attempts)
    {
        var sums = attempts.ToDictionary(attempt => attempt, _ => (Ticks: 0L, Pages: 0L));
        foreach (var (process, attempt) in processes)
        {
            if (sums.TryGetValue(attempt, out var sum))
            {
                sums[attempt] = (sum.Ticks + process.CpuTicks, sum.Pages + (process.IsZombie ? 0 : process.ResidentPages));
            }
        }

        return [.. sums.Select(sum => new TreeUse(sum.Key, ProcFolder.Time(sum.Value.Ticks), new MemorySize(sum.Value.Pages * ProcFolder.PageBytes)))];
    }

    /// <summary>The memory of one attempt, where pages that several processes share count once.</summary>
    public static MemorySize Proportional(IReadOnlyList<(ProcessInfo Process, AttemptId Attempt)> processes, AttemptId attempt) => processes
        .Where(pair => pair.Attempt == attempt && !pair.Process.IsZombie)
        .Aggregate(new MemorySize(0), (sum, pair) => sum + ProcFolder.ProportionalMemory(pair.Process));
}
