using System.Globalization;
using System.Numerics;
using Torc.Agent.Running;
using Torc.Shared.Placement;
using Torc.Shared.Quantities;

namespace Torc.Agent.Node;

/// <summary>What this machine lets us use: not all that it has, but what an allocation or a container leaves us.</summary>
internal static class ThisMachine
{
    /// <param name="cpus">What the user said, as is <paramref name="memory"/>; null to look.</param>
    /// <param name="gpus">See <see cref="NodeGpus"/>.</param>
    public static NodeCapacity Capacity(int? cpus, MemorySize? memory, IReadOnlyList<string> gpus) =>
        new(cpus ?? AllowedCpus(), memory ?? AllowedMemory(), gpus.Count);

    /// <param name="slurmEnd"><c>SLURM_JOB_END_TIME</c>: seconds since 1970, in allocations of Slurm 22.05 and later.</param>
    /// <returns>When the machine is somebody else's; null if nobody says so.</returns>
    public static DateTimeOffset? AllocationEnd(string? slurmEnd) =>
        long.TryParse(slurmEnd, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    /// <summary>The CPUs that we may run on; /proc/cpuinfo also lists those of other allocations.</summary>
    public static unsafe int AllowedCpus()
    {
        const int size = 4096 / 8 * 16;
        byte* mask = stackalloc byte[size];
        new Span<byte>(mask, size).Clear();
        if (Libc.GetAffinity(0, size, mask) < 0)
        {
            return Environment.ProcessorCount;
        }

        int count = 0;
        foreach (ulong word in new ReadOnlySpan<ulong>(mask, size / sizeof(ulong)))
        {
            count += BitOperations.PopCount(word);
        }

        return Math.Max(count, 1);
    }

    public static MemorySize AllowedMemory()
    {
        var total = TotalMemory(File.ReadLines("/proc/meminfo"));
        var limit = File.Exists("/proc/self/cgroup") ? CgroupLimit(File.ReadLines("/proc/self/cgroup"), ReadLimit) : null;
        return limit is { } bound && bound < total ? bound : total;
    }

    /// <summary>Reads <c>MemTotal:       24684084 kB</c>.</summary>
    internal static MemorySize TotalMemory(IEnumerable<string> memInfo)
    {
        string[] words = memInfo.First(line => line.StartsWith("MemTotal:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new MemorySize(long.Parse(words[1], CultureInfo.InvariantCulture) << 10);
    }

    /// <summary>
    /// The lowest limit from our group up to the root: reads <c>0::/user.slice/job_7</c> (version 2) and
    /// <c>4:memory:/slurm/job_7</c> (version 1).
    /// </summary>
    /// <param name="readLimit">Of a file; null if it is not there or names no number.</param>
    internal static MemorySize? CgroupLimit(IEnumerable<string> cgroups, Func<string, long?> readLimit)
    {
        long? lowest = null;
        foreach (string line in cgroups)
        {
            string[] parts = line.Split(':', 3);
            if (parts.Length < 3)
            {
                continue;
            }

            (string Root, string File)? place = parts switch
            {
                ["0", "", _] => ("/sys/fs/cgroup", "memory.max"),
                [_, var controllers, _] when controllers.Split(',').Contains("memory") => ("/sys/fs/cgroup/memory", "memory.limit_in_bytes"),
                _ => null,
            };
            if (place is not { } at)
            {
                continue;
            }

            // In a container the path is the host's, and only the root is there.
            for (string? group = parts[2]; group is not null; group = Path.GetDirectoryName(group))
            {
                if (readLimit(at.Root + group.TrimEnd('/') + "/" + at.File) is { } limit)
                {
                    lowest = Math.Min(lowest ?? limit, limit);
                }
            }
        }

        return lowest is { } bytes ? new MemorySize(bytes) : null;
    }

    private static long? ReadLimit(string path)
    {
        try
        {
            // "max" and a number near 2^63 both mean none.
            return long.TryParse(File.ReadLines(path).FirstOrDefault(), CultureInfo.InvariantCulture, out long limit) ? limit : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
