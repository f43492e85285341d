using Torc.Benchmarks.Peers;
using Xunit;

namespace Torc.Tests.Benchmarks;

public sealed class RaceTests
{
    [Fact]
    public async Task All_run_in_turns_and_each_round_begins_with_another()
    {
        var order = new List<string>();

        var race = await Race.RunAsync(3, [Entrant("a", 3), Entrant("b", 3), Entrant("slow", 1)], TestContext.Current.CancellationToken);

        Assert.Equal("a b slow, b a, a b", string.Join(", ", [Turn(0, 3), Turn(3, 2), Turn(5, 2)]));
        Assert.Single(race.Times["slow"]);

        string Turn(int first, int count) => string.Join(' ', order.Skip(first).Take(count));

        (string, int, Func<CancellationToken, Task<TimeSpan>>) Entrant(string name, int rounds) => (name, rounds, _ => Run(name));

        Task<TimeSpan> Run(string name)
        {
            order.Add(name);
            return Task.FromResult(TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public void A_ratio_is_the_median_of_the_ratios_of_each_round()
    {
        var race = new Race(new Dictionary<string, IReadOnlyList<TimeSpan>>
        {
            ["floor"] = Seconds(1, 2, 4),
            ["torc"] = Seconds(3, 4, 40),
            ["once"] = Seconds(5),
        });

        Assert.Equal(TimeSpan.FromSeconds(4), race.Median("torc"));
        Assert.Equal(3, race.Ratio("torc", "floor"));
        Assert.Equal(5, race.Ratio("once", "floor"));
        Assert.Null(race.Ratio("torc", "make"));
        Assert.Null(race.Median("make"));
    }

    private static IReadOnlyList<TimeSpan> Seconds(params double[] seconds) => [.. seconds.Select(TimeSpan.FromSeconds)];
}
