using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Torc.Shared.Jobs;
using Torc.Shared.Quantities;

namespace Torc.Agent.Sampling;

/// <summary>Sums up what the processes of each attempt use.</summary>
internal static class TreeSampler
{
    public static IReadOnlyList<TreeUse> Sum(IReadOnlyList<(ProcessInfo Process, AttemptId Attempt)> processes, IEnumerable<AttemptId> attempts)
    {
        var sums = attempts.ToDictionary(attempt => attempt, _ => default(Sums));
        foreach (var (process, attempt) in processes)
        {
            ref var sum = ref CollectionsMarshal.GetValueRefOrNullRef(sums, attempt);
            if (!Unsafe.IsNullRef(ref sum))
            {
                var (read, written) = ProcFolder.StorageTraffic(process.Pid);
                sum = new Sums(
                    sum.Ticks + process.CpuTicks,
                    sum.Pages + (process.IsZombie ? 0 : process.ResidentPages),
                    sum.Processes + (process.IsZombie ? 0 : 1),
                    sum.Read + read,
                    sum.Written + written);
            }
        }

        return [.. sums.Select(sum => new TreeUse(
            sum.Key, ProcFolder.Time(sum.Value.Ticks), new MemorySize(sum.Value.Pages * ProcFolder.PageBytes), sum.Value.Processes, sum.Value.Read, sum.Value.Written))];
    }

    /// <summary>The memory of one attempt, where pages that several processes share count once.</summary>
    public static MemorySize Proportional(IReadOnlyList<(ProcessInfo Process, AttemptId Attempt)> processes, AttemptId attempt) => processes
        .Where(pair => pair.Attempt == attempt && !pair.Process.IsZombie)
        .Aggregate(new MemorySize(0), (sum, pair) => sum + ProcFolder.ProportionalMemory(pair.Process));

    private readonly record struct Sums(long Ticks, long Pages, int Processes, long Read, long Written);
}
