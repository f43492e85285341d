using Torc.Faults;
using Torc.Faults.Simulation;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.Simulation;

[Collection(AloneCollection.Name)]
public sealed class SimulationTests
{
    public static TheoryData<string> Variants() => [.. Enum.GetNames<Variant>().Where(name => name != nameof(Variant.None))];

    [Fact]
    public void In_hundreds_of_histories_full_of_faults_every_promise_is_kept()
    {
        var findings = new List<string>();
        var histories = History.LiveMany(first: 1, count: 500, Variant.None, history => findings.AddRange(history.Findings.Select(finding => $"seed {history.Seed}: {finding}")), stopAfter: 3);

        Assert.Empty(findings);
        Assert.True(histories.Sum(history => history.Faults) > 1_000, "there were faults");
        Assert.True(histories.Sum(history => history.Starts) > 1_000, "there were jobs");
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Each_way_to_break_the_protocol_is_seen(string variant)
    {
        var histories = History.LiveMany(first: 1, Simulator.SeedsPerVariant, Enum.Parse<Variant>(variant), _ => { }, stopAfter: 1);

        Assert.Contains(histories, history => history.Findings.Count > 0);
    }

    [Fact]
    public void Equal_seeds_have_equal_histories()
    {
        for (int seed = 1; seed <= 20; seed++)
        {
            var (first, second) = (new List<string>(), new List<string>());
            Assert.Equal(History.Live(seed, tell: first.Add).Steps, History.Live(seed, tell: second.Add).Steps);
            Assert.Equal(first, second);
        }
    }
}
