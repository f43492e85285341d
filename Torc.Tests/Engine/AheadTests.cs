using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.Engine;

/// <summary>Jobs that a node is sent before it has room for them, and that it may have to give back.</summary>
public sealed class AheadTests : IAsyncLifetime
{
    private static readonly TimeSpan Ahead = TimeSpan.FromMilliseconds(100);

    private EngineHost _host = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_the_first_short_job_the_node_gets_as_many_as_it_runs_in_a_moment()
    {
        await CreateAsync("a", 100);
        var agent = await ConnectAsync(1);
        Assert.Equal(["a1"], await agent.ReportAsync());

        var given = await agent.ReportAsync(Ended(agent, 10));

        // One for the room that the first left, and ten of 10 ms for the 100 ms after it.
        Assert.Equal(11, given!.Count);
        Assert.Equal(Enumerable.Range(2, 11).Select(number => $"a{number}"), given);
        Assert.Equal((1, 10), await BooksAsync(agent));
    }

    [Fact]
    public async Task Long_jobs_are_given_out_one_at_a_time()
    {
        await CreateAsync("a", 10);
        var agent = await ConnectAsync(1);
        await agent.ReportAsync();

        Assert.Equal(["a2"], await agent.ReportAsync(Ended(agent, 5_000)));
    }

    [Fact]
    public async Task What_was_sent_ahead_is_filled_up_again_when_half_of_it_has_come_to_its_turn()
    {
        await CreateAsync("a", 100);
        var agent = await ConnectAsync(1);
        await agent.ReportAsync();
        await agent.ReportAsync(Ended(agent, 10));

        for (int ended = 1; ended <= 4; ended++)
        {
            Assert.Equal([], await agent.ReportAsync(Ended(agent, 10)));
        }

        Assert.Equal(5, (await agent.ReportAsync(Ended(agent, 10)))!.Count);
    }

    [Fact]
    public async Task What_is_stuck_behind_a_long_job_is_taken_back_for_a_node_that_has_room()
    {
        var (busy, idle) = await StuckAsync();

        Assert.Equal([], await idle.ReportAsync());
        await WatchAsync();
        Assert.Contains(busy.Connection, _host.Bells);
        await busy.ReportAsync();
        var wanted = Assert.Single(busy.TakenBack);
        Assert.Equal([], await busy.ReportAsync(new AttemptReturned(wanted, DateTimeOffset.UtcNow)));

        Assert.Equal(["a3"], await idle.ReportAsync());
        Assert.Equal(2, idle.Given[0].Attempt.Number);
        Assert.DoesNotContain(wanted, busy.Held);
    }

    [Fact]
    public async Task Nothing_is_taken_back_as_long_as_nobody_else_has_room_or_it_may_come_to_its_turn()
    {
        var (busy, idle) = await StuckAsync(isLate: false);
        await WatchAsync();
        await busy.ReportAsync();
        Assert.Empty(busy.TakenBack);

        await idle.DisconnectAsync();
        _host.Clock.Advance(Ahead * 10);
        await WatchAsync();
        await busy.ReportAsync();

        Assert.Empty(busy.TakenBack);
    }

    [Fact]
    public async Task What_starts_before_it_is_given_back_runs_where_it_is()
    {
        var (busy, idle) = await StuckAsync();
        await idle.ReportAsync();
        await WatchAsync();
        await busy.ReportAsync();
        Assert.Single(busy.TakenBack);

        await busy.ReportAsync(Ended(busy, 5_000), busy.Started(1));

        Assert.Equal([], await idle.ReportAsync());
        Assert.Equal((1, 9), await BooksAsync(busy));
    }

    [Fact]
    public async Task A_server_that_was_killed_still_knows_what_it_sent_ahead()
    {
        await CreateAsync("a", 100);
        var agent = await ConnectAsync(1);
        await agent.ReportAsync();
        await agent.ReportAsync(Ended(agent, 10));
        await agent.ReportAsync(agent.Started());

        await _host.KillAndStartAgainAsync();
        await agent.HelloAsync();

        Assert.Equal((1, 10), await BooksAsync(agent));
        Assert.Equal([], await agent.ReportAsync());
    }

    [Fact]
    public async Task A_node_that_is_held_for_a_large_job_gets_nothing_ahead()
    {
        await CreateAsync("a", 100);
        var agent = await ConnectAsync(2);
        await agent.ReportAsync();
        await CreateAsync("large", 1, cpus: 2);
        _host.Clock.Advance(TimeSpan.FromMinutes(6));

        Assert.Equal([], await agent.ReportAsync(Ended(agent, 10)));
        Assert.Equal(["large1"], await agent.ReportAsync(Ended(agent, 10)));
    }

    public async ValueTask InitializeAsync() => _host = await EngineHost.StartAsync(ahead: Ahead);

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    private static AttemptEnded Ended(EngineHost.FakeAgent agent, int milliseconds)
    {
        var now = DateTimeOffset.UtcNow;
        return new AttemptEnded(agent.Held[0], now, now - TimeSpan.FromMilliseconds(milliseconds), new Outcome(OutcomeKind.Exit, 0), AttemptUsage.None);
    }

    /// <summary>One node has a2, which runs, and ten more in line; the other one has room.</summary>
    private async Task<(EngineHost.FakeAgent Busy, EngineHost.FakeAgent Idle)> StuckAsync(bool isLate = true)
    {
        await CreateAsync("a", 12);
        var busy = await ConnectAsync(1);
        await busy.ReportAsync();
        await busy.ReportAsync(Ended(busy, 10));
        await busy.ReportAsync(busy.Started());
        var idle = await ConnectAsync(1, node: 2);
        _host.Clock.Advance(isLate ? (Ahead * 2) + TimeSpan.FromMilliseconds(1) : Ahead * 2);
        return (busy, idle);
    }

    private async Task<EngineHost.FakeAgent> ConnectAsync(int cpus, int node = 1)
    {
        var agent = _host.Agent(cpus, node: node);
        await agent.HelloAsync();
        return agent;
    }

    private Task CreateAsync(string name, int count, int cpus = 1) =>
        _host.CreateAsync(Sketch.Draw(string.Join(" | ", Enumerable.Range(1, count).Select(number => $"raw > {name}{number} > {name}{number}.out")), _ => Sketch.Cpus(cpus)));

    private Task<bool> WatchAsync() => _host.Engine.ChangeAsync(
        (state, _, now) =>
        {
            state.TakeBackStuck(now);
            return true;
        },
        Cancel);

    private Task<(int Placed, int Line)> BooksAsync(EngineHost.FakeAgent agent) => _host.Engine.ReadAsync(
        state =>
        {
            var ledger = state.Nodes.Single(node => node.Id == agent.Node).Ledger;
            return (ledger.Placed.Count, ledger.Line.Count);
        },
        Cancel);
}
