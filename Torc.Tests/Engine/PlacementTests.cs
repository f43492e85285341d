using Torc.Shared.Jobs;
using Torc.Shared.Placement;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.Engine;

/// <summary>Which node gets which job, and what is said of those that wait.</summary>
public sealed class PlacementTests : IAsyncLifetime
{
    private EngineHost _host = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_with_a_label_waits_for_a_node_that_has_it()
    {
        var job = await CreateAsync("fit", Sketch.Cpus(1) with { Label = "bigmem" });
        var agent = _host.Agent(cpus: 4);
        await agent.HelloAsync();

        Assert.Equal([], await agent.ReportAsync());
        Assert.Equal("Needs a node with label bigmem; no connected node has it (1 node checked).", await WhyAsync(job));

        agent.Offer = agent.Offer with { Labels = ["ssd", "bigmem"] };
        await agent.HelloAsync();
        Assert.Equal(["fit"], await agent.ReportAsync());
        Assert.Equal("Was given to n1, which has not started it yet.", await WhyAsync(job));
    }

    [Fact]
    public async Task What_a_node_offers_and_a_job_asks_for_outlive_the_server()
    {
        var job = await CreateAsync("fit", Sketch.Cpus(1) with { Label = "ssd", Scheduler = "short" });
        var agent = _host.Agent(cpus: 4);
        agent.Offer = agent.Offer with { Labels = ["ssd", "big mem"], Scheduler = "long", MaxParallelJobs = 3 };
        await agent.HelloAsync();

        await _host.KillAndStartAgainAsync();

        var offered = await _host.Engine.ReadAsync(state => Assert.Single(state.Nodes).Ledger.Capacity, Cancel);
        Assert.Equal((3, "long"), (offered.MaxParallelJobs, offered.Scheduler));
        Assert.Equal(["ssd", "big mem"], offered.Labels);
        Assert.Equal([], await ReconnectAsync(agent));
        Assert.StartsWith("Needs a node of scheduler short;", await WhyAsync(job), StringComparison.Ordinal);

        agent.Offer = agent.Offer with { Scheduler = null };
        Assert.Equal(["fit"], await ReconnectAsync(agent));
    }

    [Fact]
    public async Task A_job_that_would_outlive_its_node_is_not_given_to_it_however_long_ago_that_said_so()
    {
        var agent = _host.Agent(cpus: 4);
        agent.Offer = agent.Offer with { TimeLeft = TimeSpan.FromMinutes(10) };
        await agent.HelloAsync();
        _host.Clock.Advance(TimeSpan.FromMinutes(6));

        var job = await CreateAsync("fit", Sketch.Cpus(1));

        Assert.Equal([], await agent.ReportAsync());
        Assert.Equal("May run 5 min; the connected node that stays longest, n1, has 4 min left (1 node checked).", await WhyAsync(job));
    }

    [Fact]
    public async Task A_large_job_that_has_waited_as_long_as_it_runs_is_overtaken_no_more()
    {
        var agent = _host.Agent(cpus: 4);
        await agent.HelloAsync();
        await CreateAsync("small", Sketch.Cpus(2));
        await CreateAsync("small", Sketch.Cpus(2));
        await agent.ReportAsync();
        var big = await CreateAsync("big", Sketch.Cpus(4));
        Assert.Equal("Waits for 4 CPUs; 4 of 4 on n1 are in use.", await WhyAsync(big));

        _host.Clock.Advance(TimeSpan.FromMinutes(3));
        await CreateAsync("overtakes", Sketch.Cpus(2));
        Assert.Equal(["overtakes"], await agent.ReportAsync(agent.Ended()));

        _host.Clock.Advance(TimeSpan.FromMinutes(3));
        var late = await CreateAsync("late", Sketch.Cpus(2));
        int bells = _host.Bells.Count;
        Assert.Equal([], await agent.ReportAsync(agent.Ended()));
        Assert.Equal("n1 is held for it, as it has waited 6 min; it starts there in 2 min at the latest.", await WhyAsync(big));
        Assert.Equal("n1 has room, and is held for job big, which has waited 6 min and needs more.", await WhyAsync(late));
        await CreateAsync("later", Sketch.Cpus(2));
        Assert.Equal(bells, _host.Bells.Count);

        Assert.Equal(["big"], await agent.ReportAsync(agent.Ended()));
        Assert.Equal(["late", "later"], await agent.ReportAsync(agent.Ended()));
    }

    public async ValueTask InitializeAsync() => _host = await EngineHost.StartAsync();

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    private async Task<JobId> CreateAsync(string name, ResourceRequirements needs)
    {
        var workflow = await _host.CreateAsync(Sketch.Draw($"raw > {name} > {name}.out", _ => needs));
        return (await _host.Queries.JobsAsync(workflow, Cancel))[0].Id;
    }

    private static async Task<IReadOnlyList<string>?> ReconnectAsync(EngineHost.FakeAgent agent)
    {
        await agent.HelloAsync();
        return await agent.ReportAsync();
    }

    private Task<string?> WhyAsync(JobId job) => _host.Engine.ReadAsync(state => state.WhyWaiting(job), Cancel);
}
