using Torc.Shared.Jobs;
using Torc.Shared.Placement;
using Torc.Shared.Quantities;

namespace Torc.Shared.Metrics;

/// <summary>
/// Compares what the jobs of one requirement class ask for with what they used, and says what they should ask for: of memory a fifth more than
/// was ever used, of time 30 % more, of CPUs what was in use in all but 5 % of the time.
/// </summary>
public static class RightSizing
{
    /// <summary>With fewer jobs a suggestion is called weak.</summary>
    public const int EnoughJobs = 3;

    private const double MemoryRoom = 1.2;
    private const double RuntimeRoom = 1.3;

    private static readonly MemorySize MemoryStep = MemorySize.Mebibytes(64);

    /// <summary>Less says nothing about the next time: a node may be busy, or a file far away.</summary>
    private static readonly TimeSpan LeastRuntime = TimeSpan.FromMinutes(1);

    /// <param name="requested">What the class asks for.</param>
    /// <param name="uses">The newest attempts of its jobs, in any order.</param>
    /// <returns>Those resources of which something was measured.</returns>
    public static IReadOnlyList<ResourceUse> Of(ResourceRequirements requested, IReadOnlyCollection<JobUse> uses)
    {
        var memory = Memory(requested, uses);
        ResourceUse[] all = [.. new[] { memory, Runtime(requested, uses), Cpus(requested, uses) }.OfType<ResourceUse>()];

        // Whoever asks for something asks for memory too: of jobs that ask for nothing, nothing is suggested until their memory is known.
        return requested.Memory.Bytes == 0 && memory?.Suggested is null ? [.. all.Select(use => use with { Suggested = null, IsWeak = false, Effect = null })] : all;
    }

    private static ResourceUse? Memory(ResourceRequirements requested, IReadOnlyCollection<JobUse> uses)
    {
        // One that failed in its own way may have failed early: what it held says little.
        var measured = uses.Where(use => use.Peak.Bytes > 0 && (use.Outcome.Succeeded || use.Outcome.Kind == OutcomeKind.OutOfMemory)).ToList();
        return Use(ResourceKind.Memory, requested.Memory.Bytes, measured, use => use.Peak.Bytes, _ => measured.Max(Enough).Bytes);

        static MemorySize Enough(JobUse use) => use.Outcome.Kind == OutcomeKind.OutOfMemory
            ? Suggestion.AfterOutOfMemory(use.Granted, use.Peak)
            : new MemorySize((long)Math.Ceiling(use.Peak.Bytes * MemoryRoom / MemoryStep.Bytes) * MemoryStep.Bytes);
    }

    private static ResourceUse? Runtime(ResourceRequirements requested, IReadOnlyCollection<JobUse> uses) => Use(
        ResourceKind.Runtime,
        requested.Runtime.TotalSeconds,
        [.. uses.Where(use => use.Took is not null && (use.Outcome.Succeeded || use.Outcome.Kind == OutcomeKind.Timeout))],
        use => use.Took!.Value.TotalSeconds,
        most => InWholeMinutes(Math.Max(most * RuntimeRoom, LeastRuntime.TotalSeconds)));

    private static ResourceUse? Cpus(ResourceRequirements requested, IReadOnlyCollection<JobUse> uses) => Use(
        ResourceKind.Cpus,
        requested.Cpus,
        [.. uses.Where(use => use.BusyCpus is not null && use.Outcome.Succeeded)],
        use => use.BusyCpus!.Value,
        // 1.02 CPUs is one CPU and the clock's grain.
        most => Math.Max(1, Math.Ceiling(most - 0.1)));

    private static ResourceUse? Use(ResourceKind resource, double requested, List<JobUse> measured, Func<JobUse, double> used, Func<double, double> enough)
    {
        if (measured.Count == 0)
        {
            return null;
        }

        double[] sorted = [.. measured.Select(used).Order()];
        double suggested = enough(sorted[^1]);
        return new ResourceUse(
            resource,
            requested,
            Rank(sorted, 0.5),
            Rank(sorted, 0.95),
            sorted[^1],
            sorted.Length,
            measured.Select(use => use.Run).Distinct().Count(),
            suggested == requested ? null : suggested,
            sorted.Length < EnoughJobs,
            EffectOf(resource, requested, suggested, sorted));
    }

    private static string? EffectOf(ResourceKind resource, double requested, double suggested, double[] used)
    {
        int over = used.Count(amount => amount >= requested);
        return resource switch
        {
            _ when suggested == requested => null,
            ResourceKind.Memory when requested == 0 => "no two jobs get more memory than a node has",
            ResourceKind.Runtime when suggested < requested => "fits into shorter allocations",
            _ when suggested * 2 <= requested => $"{Math.Floor(requested / suggested)} times as many fit on a node",
            _ when suggested < requested => $"{Math.Floor(((requested / suggested) - 1) * 100)} % more fit on a node",
            ResourceKind.Cpus => "jobs stop taking CPUs that others were promised",
            _ when over > 0 => $"{over} of {used.Length} {(used.Length == 1 ? "job" : "jobs")} reached what was asked for",
            _ => "leaves room for the next time",
        };
    }

    // The smallest that is no less than so many of them.
    private static double Rank(double[] sorted, double share) => sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];

    private static double InWholeMinutes(double seconds) => Math.Ceiling(seconds / 60) * 60;
}
