using Torc.Faults.Sites;
namespace Torc.Faults.Crashes;

/// <summary>Which faults happen in one round, and when: a seed is a plan.</summary>
internal static class CrashPlan
{
    private const int Fewest = 3;
    private const int Most = 8;

    public static IReadOnlyList<CrashFault> Create(Random random, SitePrograms allowed, bool stops)
    {
        var targets = new[] { SitePrograms.Server, SitePrograms.Agent, SitePrograms.Keeper }.Where(target => allowed.HasFlag(target)).ToList();
        return [.. Enumerable.Range(0, random.Next(Fewest, Most + 1)).Select(_ => Next(random, targets, stops)).OrderBy(fault => fault.At)];
    }

    private static CrashFault Next(Random random, List<SitePrograms> targets, bool stops)
    {
        var hit = targets[random.Next(targets.Count)];
        if (random.Next(4) == 0)
        {
            hit |= targets[random.Next(targets.Count)];
        }

        var at = TimeSpan.FromSeconds(0.3 + random.NextDouble() * 7.7);
        var stoppedFor = TimeSpan.FromSeconds(0.2 + random.NextDouble() * 5.8);
        var downFor = TimeSpan.FromSeconds(random.NextDouble() * 3);
        return new CrashFault(at, hit, stops && random.Next(3) == 0 ? stoppedFor : null, downFor);
    }
}
