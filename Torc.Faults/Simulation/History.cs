namespace Torc.Faults.Simulation;

/// <summary>What came of one seed.</summary>
/// <param name="Starts">Of commands.</param>
/// <param name="Steps">Of everything that ran, and so a mark of the history: equal seeds have equal ones.</param>
internal sealed record History(int Seed, int Starts, int Faults, long Steps, IReadOnlyList<Finding> Findings)
{
    public static History Live(int seed, Variant variant = Variant.None, Action<string>? tell = null)
    {
        var world = new World(seed, variant, tell);
        world.Run();
        return new History(seed, world.Truth.Starts, world.Faults, world.Events.Done, world.Findings.All);
    }

    /// <summary>Lives through seeds on all processors, until one of them finds something or all are done.</summary>
    /// <returns>What was lived through, in no order.</returns>
    public static IReadOnlyList<History> LiveMany(int first, int count, Variant variant, Action<History> lived, int stopAfter)
    {
        var all = new List<History>(count);
        int bad = 0;
        Parallel.For(first, first + count, (seed, loop) =>
        {
            var history = Live(seed, variant);
            lock (all)
            {
                all.Add(history);
                lived(history);
                bad += history.Findings.Count > 0 ? 1 : 0;
                if (bad >= stopAfter)
                {
                    loop.Stop();
                }
            }
        });
        return all;
    }
}
