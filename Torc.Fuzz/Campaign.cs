using System.Diagnostics;
using System.Globalization;

namespace Torc.Fuzz;

/// <summary>Tries all files of a corpus and then mutations of them, target by target, until the time is over.</summary>
internal sealed class Campaign(int seed)
{
    // Enough to go on with; many copies of one mistake tell nothing more.
    private const int MaxBroken = 20;

    private const int RoundOfEachTarget = 50;

    private readonly Mutator _mutator = new(seed);
    private int _inputs;
    private int _accepted;
    private int _broken;

    /// <param name="folder">Has a folder for each target.</param>
    /// <returns>The exit code: 1 if an input broke a rule.</returns>
    public async Task<int> RunAsync(string folder, TimeSpan limit, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        using var findings = new Findings();
        var pools = new List<InputPool>();
        foreach (var target in FuzzTargets.All)
        {
            pools.Add(await InputPool.LoadAsync(target, Path.Combine(folder, target.Name), cancel));
        }

        foreach (var pool in pools)
        {
            foreach (byte[] input in pool.Inputs.ToList())
            {
                await TryAsync(findings, pool, input, cancel);
            }
        }

        while (clock.Elapsed < limit && _broken < MaxBroken)
        {
            foreach (var pool in pools)
            {
                for (int input = 0; input < RoundOfEachTarget && clock.Elapsed < limit; input++)
                {
                    await TryAsync(findings, pool, _mutator.Mutate(_mutator.Choose(pool.Inputs), pool.Inputs, pool.Target.Tokens), cancel);
                }
            }
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"fuzz: {_inputs} inputs, {_accepted} accepted, {_inputs - _accepted - _broken} rejected, {_broken} broken (seed {seed}, {clock.Elapsed.TotalSeconds:0} s)"));
        return _broken > 0 ? 1 : 0;
    }

    private async Task TryAsync(Findings findings, InputPool pool, byte[] input, CancellationToken cancel)
    {
        _inputs++;
        findings.Begin(input);
        try
        {
            var verdict = pool.Target.Check(input);
            _accepted += verdict.IsAccepted ? 1 : 0;
            pool.Learn(input, verdict);
        }
        // Whatever escapes a reader is what is looked for here.
        catch (Exception escaped)
        {
            _broken++;
            await Findings.ReportAsync(pool.Target, input, escaped, cancel);
        }
    }
}
