using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Workflows;
using Torc.Tests.Support;
using Torc.Web.Engine;
using Torc.Web.Events;
using Xunit;

namespace Torc.Tests.Engine;

/// <summary>Nodes that are not heard any more, jobs that somebody wants to end, and messages that come twice.</summary>
public sealed class LostNodeTests : IAsyncLifetime
{
    private static readonly TimeSpan Lease = new EngineOptions().LeaseRunsOutAfter;

    private EngineHost _host = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await EngineHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_job_that_is_held_waits_for_its_node_for_ever_and_says_that_nobody_knows()
    {
        var workflow = await _host.CreateAsync(Sketch.Draw("raw > only > out"));
        var agent = await RunningAsync();
        await agent.DisconnectAsync();

        Assert.Equal(0, await LeasesRunOutAsync());

        Assert.Equal("only Running", await _host.StatusesAsync(workflow));
        Assert.StartsWith("Unknown: node n1, where it was seen last, was not heard since", await WhyAsync(workflow), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_watches_is_told_that_nobody_knows_and_that_it_is_known_again()
    {
        var workflow = await _host.CreateAsync(Sketch.Draw("raw > only > out"));
        var agent = await RunningAsync();
        var lastHeard = await _host.Engine.ReadAsync(state => Assert.Single(state.Nodes).LastHeard, Cancel);
        _host.Clock.Advance(TimeSpan.FromSeconds(5));

        var lost = await ToldAsync(workflow, agent.DisconnectAsync);
        Assert.Equal((JobStatus.Running, lastHeard), (lost.Status, lost.UnknownSince));
        Assert.StartsWith("Unknown: node n1, where it was seen last, was not heard since", lost.Reason, StringComparison.Ordinal);
        Assert.Equal(lost, await ReadAsync(workflow));

        var found = await ToldAsync(workflow, () => agent.HelloAsync());
        Assert.Equal((JobStatus.Running, lost.Version, null, null), (found.Status, found.Version, found.UnknownSince, found.Reason));
        Assert.Equal(found, await ReadAsync(workflow));
    }

    [Fact]
    public async Task Whoever_watches_all_workflows_is_told_how_many_jobs_of_each_are_unknown()
    {
        var workflow = await _host.CreateAsync(Sketch.Draw("raw > starts > a | raw > runs > b | a > waits > c"));
        var other = await _host.CreateAsync(Sketch.Draw("raw > large > out", _ => Sketch.Cpus(4)));
        var agent = await RunningAsync();
        using var watch = _host.Feed.Watch(null);
        await using var batches = watch.ReadAsync(Cancel).GetAsyncEnumerator(Cancel);

        await agent.DisconnectAsync();
        var lost = await NextAsync();
        var found = await _host.Queries.ListAsync(Cancel);

        Assert.Equal([(JobStatus.Pending, 1), (JobStatus.Running, 1)], lost.Unknown!.Select(count => (count.Key, count.Value)).Order());
        Assert.Equal(lost.Unknown, found.Single(view => view.Id == workflow).Unknown);
        Assert.Null(found.Single(view => view.Id == other).Unknown);

        await agent.HelloAsync();
        Assert.Null((await NextAsync()).Unknown);
        Assert.Null((await _host.Queries.FindAsync(workflow, Cancel))!.Unknown);

        async Task<WorkflowView> NextAsync()
        {
            var next = batches.MoveNextAsync().AsTask();
            _host.Clock.Advance(Torc.Web.Live.LiveWatch.Pace);
            Assert.True(await next.WaitAsync(Waiting.Patience, Cancel));
            return Assert.Single(batches.Current.Workflows);
        }
    }

    [Fact]
    public async Task A_job_that_is_held_is_told_to_be_unknown_when_its_neighbours_lease_runs_out_on_a_node_that_only_hangs()
    {
        var held = await _host.CreateAsync(Sketch.Draw("raw > only > out"));
        await _host.CreateAsync(Sketch.Draw("raw > other > out", onLost: OnLost.Rerun));
        await RunningAsync();

        var lost = await ToldAsync(held, LeasesRunOutAsync);

        Assert.NotNull(lost.UnknownSince);
        Assert.Equal(JobStatus.Running, lost.Status);
    }

    [Fact]
    public async Task Programs_that_follow_a_workflow_are_told_too()
    {
        var workflow = await _host.CreateAsync(Sketch.Draw("raw > only > out"));
        var agent = await RunningAsync();
        using var hub = new WatchHub(_host.Queries, _host.Feed, events: null!);
        await using var updates = hub.Follow(workflow, Cancel).GetAsyncEnumerator(Cancel);
        Assert.Null(await NextAsync());

        await agent.DisconnectAsync();
        Assert.NotNull(await NextAsync());

        await agent.HelloAsync();
        Assert.Null(await NextAsync());

        async Task<DateTimeOffset?> NextAsync()
        {
            Assert.True(await updates.MoveNextAsync().AsTask().WaitAsync(Waiting.Patience, Cancel));
            return Assert.Single(updates.Current.Jobs).UnknownSince;
        }
    }

    [Fact]
    public async Task A_job_that_may_run_again_is_given_out_when_its_lease_has_run_out_and_not_before()
    {
        var workflow = await _host.CreateAsync(Sketch.Draw("raw > only > out", onLost: OnLost.Rerun));
        var agent = await RunningAsync();
        await agent.DisconnectAsync();

        _host.Clock.Advance(Lease - TimeSpan.FromSeconds(1));
        Assert.Equal(0, await ExpireAsync());
        _host.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(1, await ExpireAsync());

        Assert.Equal("only Ready", await _host.StatusesAsync(workflow));
        var first = agent.Held[0];
        Assert.Equal([first], (await agent.HelloAsync())!.Drop);
    }

    [Fact]
    public async Task A_lease_begins_anew_with_every_report()
    {
        await _host.CreateAsync(Sketch.Draw("raw > only > out", onLost: OnLost.Rerun));
        var agent = await RunningAsync();

        _host.Clock.Advance(Lease - TimeSpan.FromSeconds(1));
        await agent.ReportAsync();
        _host.Clock.Advance(Lease - TimeSpan.FromSeconds(1));

        Assert.Equal(0, await ExpireAsync());
    }

    [Fact]
    public async Task A_server_that_was_started_again_gives_every_lease_its_whole_time()
    {
        await _host.CreateAsync(Sketch.Draw("raw > only > out", onLost: OnLost.Rerun));
        await RunningAsync();
        _host.Clock.Advance(Lease * 2);

        await _host.KillAndStartAgainAsync();

        Assert.Equal(0, await ExpireAsync());
        _host.Clock.Advance(Lease + TimeSpan.FromSeconds(1));
        Assert.Equal(1, await ExpireAsync());
    }

    [Fact]
    public async Task An_end_that_comes_after_the_lease_counts_as_long_as_nobody_else_has_the_job()
    {
        var workflow = await _host.CreateAsync(Sketch.Draw("raw > only > out", onLost: OnLost.Rerun));
        var agent = await RunningAsync();
        var end = agent.Ended();
        Assert.Equal(1, await LeasesRunOutAsync());

        Assert.Empty((await agent.HelloAsync(ended: end.Attempt))!.Drop);
        Assert.Equal([], await agent.ReportAsync(end));

        Assert.Equal("only Completed", await _host.StatusesAsync(workflow));
    }

    [Fact]
    public async Task An_end_that_comes_after_the_lease_is_late_when_the_job_was_given_out_again()
    {
        var workflow = await _host.CreateAsync(Sketch.Draw("raw > only > out", onLost: OnLost.Rerun));
        var agent = await RunningAsync();
        var end = agent.Ended();
        await LeasesRunOutAsync();
        await agent.HelloAsync(lostAnswer: true);
        Assert.Equal(["only"], await agent.ReportAsync());

        await agent.ReportAsync(end);

        Assert.Equal("only Pending", await _host.StatusesAsync(workflow));
    }

    [Fact]
    public async Task A_job_that_is_lost_again_and_again_is_not_given_out_any_more()
    {
        var workflow = await _host.CreateAsync(Sketch.Draw("raw > only > out", onLost: OnLost.Rerun));
        var agent = _host.Agent(cpus: 2);
        await agent.HelloAsync();

        for (int loss = 1; loss <= WorkflowMachine.LossLimit; loss++)
        {
            Assert.Equal(["only"], await agent.ReportAsync());
            await agent.ReportAsync(agent.Started());
            await agent.HelloAsync(lostAnswer: true);
        }

        var job = (await _host.Queries.JobsAsync(workflow, Cancel))[0];
        Assert.Equal((JobStatus.Failed, WorkflowMachine.LossLimit), (job.Status, job.Attempt));
        Assert.Equal(OutcomeKind.NodeLost, job.Outcome!.Kind);
    }

    [Fact]
    public async Task A_node_that_a_person_declares_gone_loses_what_it_held_and_has_to_end_it_if_it_comes_back()
    {
        var workflow = await _host.CreateAsync(Sketch.Draw("raw > only > out"));
        var agent = await RunningAsync();
        Assert.Null(await DeclareGoneAsync(agent));
        await agent.DisconnectAsync();

        Assert.Equal(1, await DeclareGoneAsync(agent));

        var job = (await _host.Queries.JobsAsync(workflow, Cancel))[0];
        Assert.Equal("Lost: nobody saw how it ended: ann declared its node gone.", job.Reason);
        // The workflow has ended with it, so only the store knows the attempt; it is not one that the agent saw ending.
        Assert.Equal(agent.Held, (await agent.HelloAsync())!.Unknown);
    }

    [Fact]
    public async Task A_workflow_that_is_stopped_cancels_what_waits_and_waits_for_what_runs()
    {
        var workflow = await _host.CreateAsync(Sketch.Draw(Sketch.Diamond));
        var agent = await RunningAsync();

        int bells = _host.Bells.Count;

        Assert.True(await StopAsync(workflow));
        Assert.False(await StopAsync(workflow));

        Assert.Equal(bells + 1, _host.Bells.Count);
        Assert.Equal("preprocess Running, work1 Canceled, work2 Canceled, postprocess Canceled", await _host.StatusesAsync(workflow));
        await agent.ReportAsync();
        Assert.Equal(("stopped by ann", agent.Held[0]), agent.Stops.Select(stop => (stop.Reason, stop.Attempt)).Single());
        await agent.ReportAsync();
        Assert.Empty(agent.Stops);

        await agent.ReportAsync(agent.Ended());
        Assert.Equal("preprocess Completed, work1 Canceled, work2 Canceled, postprocess Canceled", await _host.StatusesAsync(workflow));
        Assert.Equal(WorkflowStatus.Failed, (await _host.Queries.FindAsync(workflow, Cancel))!.Status);
    }

    [Fact]
    public async Task A_stop_is_told_again_by_a_server_that_was_started_again_and_to_an_agent_that_connects_again()
    {
        var workflow = await _host.CreateAsync(Sketch.Draw("raw > only > out"));
        var agent = await RunningAsync();
        await StopAsync(workflow);
        await agent.ReportAsync();

        await _host.KillAndStartAgainAsync();
        await agent.HelloAsync();
        await agent.ReportAsync();

        Assert.Single(agent.Stops);
        Assert.Equal("Is being ended: stopped by ann.", (await _host.Queries.JobsAsync(workflow, Cancel))[0].Reason);
    }

    [Fact]
    public async Task A_job_that_waits_for_room_is_not_given_out_after_it_was_stopped()
    {
        var workflow = await _host.CreateAsync(Sketch.Draw("raw > first > a | raw > second > b"));
        var agent = _host.Agent(cpus: 1);
        await agent.HelloAsync();
        Assert.Equal(["first"], await agent.ReportAsync());

        Assert.True(await StopAsync(workflow, 1));

        Assert.Equal([], await agent.ReportAsync(agent.Ended()));
        Assert.Equal("first Completed, second Canceled", await _host.StatusesAsync(workflow));
    }

    [Fact]
    public async Task A_stopped_job_whose_assignment_never_arrived_is_canceled_and_not_given_out_again()
    {
        var workflow = await _host.CreateAsync(Sketch.Draw("raw > only > out"));
        var agent = _host.Agent(cpus: 2);
        await agent.HelloAsync();
        await agent.ReportAsync();
        await StopAsync(workflow);

        await agent.HelloAsync(lostAnswer: true);

        Assert.Equal([], await agent.ReportAsync());
        Assert.Equal("only Canceled", await _host.StatusesAsync(workflow));
    }

    [Fact]
    public async Task A_report_that_comes_twice_gets_its_answer_twice_and_gives_nothing_out_twice()
    {
        await _host.CreateAsync(Sketch.Draw("raw > first > a | raw > second > b"));
        var agent = _host.Agent(cpus: 1);
        await agent.HelloAsync();
        await agent.ReportAsync();

        var again = await agent.RepeatAsync();

        Assert.Equal(agent.Held, again!.Start.Select(assignment => assignment.Attempt));
        Assert.Equal(["second"], await agent.ReportAsync(agent.Ended()));
        Assert.Equal("second", Assert.Single((await agent.RepeatAsync())!.Start).JobName);
    }

    private async Task<EngineHost.FakeAgent> RunningAsync()
    {
        var agent = _host.Agent(cpus: 2);
        await agent.HelloAsync();
        await agent.ReportAsync();
        await agent.ReportAsync(agent.Started());
        return agent;
    }

    /// <summary>What whoever watches is told of the first job when something happens.</summary>
    private async Task<JobView> ToldAsync(WorkflowId workflow, Func<Task> happens)
    {
        using var watch = _host.Feed.Watch(workflow);
        await happens();
        await using var batches = watch.ReadAsync(Cancel).GetAsyncEnumerator(Cancel);
        Assert.True(await batches.MoveNextAsync().AsTask().WaitAsync(Waiting.Patience, Cancel));
        return Assert.Single(batches.Current.Jobs);
    }

    private async Task<JobView> ReadAsync(WorkflowId workflow) => (await _host.Queries.JobsAsync(workflow, Cancel))[0];

    private Task<int> ExpireAsync() => _host.Engine.ChangeAsync((state, commit, now) => state.ExpireLeases(now, commit), Cancel);

    private Task<int> LeasesRunOutAsync()
    {
        _host.Clock.Advance(Lease + TimeSpan.FromSeconds(1));
        return ExpireAsync();
    }

    private Task<int?> DeclareGoneAsync(EngineHost.FakeAgent agent) =>
        _host.Engine.ChangeAsync((state, commit, now) => state.DeclareGone(agent.Node, "ann declared its node gone", now, commit), Cancel);

    private Task<bool> StopAsync(WorkflowId workflow, params int[] positions) => _host.Engine.ChangeAsync(
        (state, commit, now) => state.Find(workflow) is { } active && state.TryStop(active, positions.Length == 0 ? null : positions, "stopped by ann", now, commit),
        Cancel);

    private Task<string?> WhyAsync(WorkflowId workflow) =>
        _host.Engine.ReadAsync(state => state.WhyWaiting(state.Find(workflow)!.State.Job(0).Id), Cancel);
}
