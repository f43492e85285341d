namespace Torc.Benchmarks.Peers;

/// <summary>Times of several tools that did the same in turns.</summary>
/// <param name="Times">By tool; in the order of the rounds. A tool that was too slow for all rounds has fewer, or fewer jobs.</param>
internal sealed record Race(IReadOnlyDictionary<string, IReadOnlyList<TimeSpan>> Times)
{
    public TimeSpan? Median(string tool) =>
        Times.TryGetValue(tool, out var times) && times.Count > 0 ? times.Order().ElementAt(times.Count / 2) : null;

    /// <summary>The median of what a tool takes for each that another takes in the same round.</summary>
    public double? Ratio(string tool, string to)
    {
        if (!Times.TryGetValue(tool, out var times) || !Times.TryGetValue(to, out var others))
        {
            return null;
        }

        var ratios = times.Zip(others, (time, other) => time / other).Order().ToList();
        return ratios.Count == 0 ? null : ratios[ratios.Count / 2];
    }

    /// <param name="rounds">How often each runs. They take turns, and each round begins with another one: what goes on on the machine hits all of them.</param>
    /// <param name="entrants">A name and what to time.</param>
    public static async Task<Race> RunAsync(int rounds, IReadOnlyList<(string Tool, int Rounds, Func<CancellationToken, Task<TimeSpan>> Run)> entrants, CancellationToken cancel)
    {
        var times = entrants.ToDictionary(entrant => entrant.Tool, _ => new List<TimeSpan>());
        for (int round = 0; round < rounds; round++)
        {
            for (int turn = 0; turn < entrants.Count; turn++)
            {
                var entrant = entrants[(round + turn) % entrants.Count];
                if (times[entrant.Tool].Count < entrant.Rounds)
                {
                    times[entrant.Tool].Add(await entrant.Run(cancel));
                }
            }
        }

        return new Race(times.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<TimeSpan>)pair.Value));
    }
}
