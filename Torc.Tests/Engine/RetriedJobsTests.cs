using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Quantities;
using Torc.Shared.Workflows;
using Torc.Tests.Support;
using Torc.Web.Data.Doctor;
using Torc.Web.Engine;
using Xunit;

namespace Torc.Tests.Engine;

/// <summary>Jobs that fail and run again in the same run.</summary>
public sealed class RetriedJobsTests : IAsyncLifetime
{
    private EngineHost _host = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await EngineHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_job_that_failed_is_given_out_again_at_once_with_what_to_do_before()
    {
        var workflow = await _host.CreateAsync(Retried("raw > a > f1 | f1 > b > f2", new FailureRule([5], MatchesAll: false, "./mend.sh", 2)));
        var agent = await ConnectedAsync();

        Assert.Equal(["a"], await agent.ReportAsync());
        Assert.Null(agent.Given[0].Recovery);
        Assert.Equal(["a"], await agent.ReportAsync(agent.Ended(exitCode: 5)));

        Assert.Equal(new RecoveryOrder("./mend.sh", FailedAttempt: 1, OutcomeKind.Exit, ExitCode: 5), agent.Given[0].Recovery);
        Assert.Equal("a Pending, b Blocked", await _host.StatusesAsync(workflow));
        Assert.Equal("Retry 1 of 2 after exit code 5.", await ReasonAsync(workflow));
    }

    [Fact]
    public async Task A_retry_that_waits_says_what_for_and_after_what()
    {
        var workflow = await _host.CreateAsync(Retried("raw > a > f1", new FailureRule([], MatchesAll: true, null, 3)));
        var agent = await ConnectedAsync();
        await agent.ReportAsync();
        await agent.ReportAsync(agent.Ended(exitCode: 5));

        // The answer got lost, so that the retry never began.
        await agent.HelloAsync(lostAnswer: true);
        await agent.DisconnectAsync();

        Assert.Equal("Retry 1 of 3 after exit code 5.", await ReasonAsync(workflow));
        Assert.Equal("Retry 1 of 3 after exit code 5. Ready, but no node is connected.", await _host.Engine.ReadAsync(state => state.WhyWaiting(new JobId(1)), Cancel));
    }

    [Fact]
    public async Task A_server_that_dies_in_the_middle_goes_on_counting_and_every_attempt_stays_to_be_seen()
    {
        var workflow = await _host.CreateAsync(Retried("raw > a > f1 | f1 > b > f2", new FailureRule([], MatchesAll: true, "./mend.sh", 2)));
        var agent = await ConnectedAsync();
        await agent.ReportAsync();
        await agent.ReportAsync(agent.Ended(exitCode: 5));

        await _host.KillAndStartAgainAsync();
        await agent.HelloAsync();
        Assert.Equal("Retry 1 of 2 after exit code 5.", await ReasonAsync(workflow));
        await agent.ReportAsync(agent.Ended(exitCode: 6));
        Assert.Equal(("./mend.sh", 2, 6), (agent.Given[0].Recovery!.Script, agent.Given[0].Recovery!.FailedAttempt, agent.Given[0].Recovery!.ExitCode));

        await _host.KillAndStartAgainAsync();
        await agent.HelloAsync();
        await agent.ReportAsync(agent.Ended(exitCode: 7));

        Assert.Equal("a Failed, b Canceled", await _host.StatusesAsync(workflow));
        Assert.Equal("Failed: exit code 7. It was retry 2 of 2.", await ReasonAsync(workflow));
        var ended = await _host.Store.EndedAsync([.. Enumerable.Range(1, 4).Select(number => new AttemptId(new JobId(1), number))], Cancel);
        Assert.Equal([1, 2, 3], ended.Select(attempt => attempt.Number).Order());
    }

    [Fact]
    public async Task An_end_that_is_told_again_after_its_retry_was_decided_changes_nothing()
    {
        var workflow = await _host.CreateAsync(Retried("raw > a > f1", new FailureRule([], MatchesAll: true, null, 3)));
        var agent = await ConnectedAsync();
        await agent.ReportAsync();
        var end = agent.Ended(exitCode: 5);
        await agent.ReportAsync(end);

        await agent.ReportAsync(end);

        Assert.Equal("a Pending", await _host.StatusesAsync(workflow));
        Assert.Equal("Retry 1 of 3 after exit code 5.", await ReasonAsync(workflow));
    }

    [Fact]
    public async Task What_a_job_was_found_to_need_is_what_it_gets_also_after_the_server_died()
    {
        await _host.CreateAsync(Raised("raw > a > f1"));
        var agent = await ConnectedAsync();
        await agent.ReportAsync();

        await agent.ReportAsync(OutOfMemory(agent, peakMebibytes: 100));
        Assert.Equal(MemorySize.Mebibytes(150), agent.Given[0].Granted.Memory);

        await _host.KillAndStartAgainAsync();
        await agent.HelloAsync();
        var free = await _host.Engine.ReadAsync(state => state.Nodes.Single().Ledger.Free.Memory, Cancel);
        Assert.Equal(MemorySize.Gibibytes(8) - MemorySize.Mebibytes(150), free);

        await agent.ReportAsync(OutOfMemory(agent, peakMebibytes: 150));
        Assert.Equal(MemorySize.Mebibytes(225), agent.Given[0].Granted.Memory);
        Assert.Empty((await DatabaseDoctor.ExamineAsync(_host.Database, Cancel)).Violations);
    }

    [Fact]
    public async Task An_end_that_says_why_nothing_more_was_tried_keeps_that_with_its_attempt()
    {
        var workflow = await _host.CreateAsync(Raised("raw > a > f1", MemorySize.Gibibytes(8)));
        var agent = await ConnectedAsync();
        await agent.ReportAsync();

        await agent.ReportAsync(OutOfMemory(agent, peakMebibytes: 8192));

        var job = (await _host.Queries.JobsAsync(workflow, Cancel))[0];
        Assert.Equal("used too much; no node has more than 8 GiB", job.Outcome!.Detail);
        Assert.Equal("Failed: out of memory: used too much; no node has more than 8 GiB.", job.Reason);
    }

    [Fact]
    public async Task A_late_end_of_a_job_that_waits_again_has_it_wait_for_more_room_and_only_once()
    {
        var workflow = await _host.CreateAsync(Raised("raw > a > f1", onLost: OnLost.Rerun));
        var agent = await ConnectedAsync();
        await agent.ReportAsync();
        var end = OutOfMemory(agent, peakMebibytes: 100);
        _host.Clock.Advance(new EngineOptions().LeaseRunsOutAfter + TimeSpan.FromSeconds(1));
        Assert.Equal(1, await _host.Engine.ChangeAsync((state, commit, now) => state.ExpireLeases(now, commit), Cancel));
        await agent.HelloAsync(ended: end.Attempt);

        Assert.Equal(["a"], await agent.ReportAsync(end));

        Assert.Equal((2, MemorySize.Mebibytes(150)), (agent.Given[0].Attempt.Number, agent.Given[0].Granted.Memory));
        Assert.Equal([], await agent.ReportAsync());
        Assert.Equal("a Pending", await _host.StatusesAsync(workflow));
    }

    [Fact]
    public async Task A_job_that_waits_for_a_decision_does_so_across_a_restart_until_it_is_stopped()
    {
        var workflow = await _host.CreateAsync(Sketch.Draw("raw > a > f1 | f1 > b > f2") with { UsePendingFailed = true });
        var agent = await ConnectedAsync();
        await agent.ReportAsync();
        Assert.Equal([], await agent.ReportAsync(agent.Ended(exitCode: 5)));

        await _host.KillAndStartAgainAsync();
        Assert.Equal("a PendingFailed, b Blocked", await _host.StatusesAsync(workflow));
        Assert.StartsWith("Failed: exit code 5. Somebody has to decide", await ReasonAsync(workflow), StringComparison.Ordinal);
        Assert.Equal(WorkflowStatus.Running, (await _host.Queries.FindAsync(workflow, Cancel))!.Status);

        Assert.True(await _host.Engine.ChangeAsync((state, commit, now) => state.TryStop(state.Find(workflow)!, [0], "stopped by ann", now, commit), Cancel));
        Assert.Equal("a Failed, b Canceled", await _host.StatusesAsync(workflow));
        Assert.Empty((await DatabaseDoctor.ExamineAsync(_host.Database, Cancel)).Violations);
    }

    private static WorkflowDefinition Retried(string sketch, params FailureRule[] rules)
    {
        var drawn = Sketch.Draw(sketch);
        return drawn with { Jobs = [.. drawn.Jobs.Select(job => job with { FailureRules = rules })] };
    }

    private static WorkflowDefinition Raised(string sketch, MemorySize? memory = null, OnLost onLost = OnLost.Hold) =>
        Sketch.Draw(sketch, _ => Sketch.Cpus(1) with { Memory = memory ?? MemorySize.Mebibytes(100) }, onLost) with { Recovery = Recovery.Auto };

    private static AttemptEnded OutOfMemory(EngineHost.FakeAgent agent, int peakMebibytes) => new(
        agent.Held[0],
        DateTimeOffset.UtcNow,
        DateTimeOffset.UtcNow,
        new Outcome(OutcomeKind.OutOfMemory, 137, "used too much"),
        new AttemptUsage(TimeSpan.FromSeconds(1), MemorySize.Mebibytes(peakMebibytes)));

    private async Task<EngineHost.FakeAgent> ConnectedAsync()
    {
        var agent = _host.Agent(cpus: 2);
        await agent.HelloAsync();
        return agent;
    }

    // By the store, and by the state in memory.
    private async Task<string?> ReasonAsync(WorkflowId workflow)
    {
        string? stored = (await _host.Queries.JobsAsync(workflow, Cancel))[0].Reason;
        string? held = await _host.Engine.ReadAsync(state => state.Find(workflow)?.View(0, state.NodeName).Reason ?? stored, Cancel);
        Assert.Equal(stored, held);
        return stored;
    }
}
