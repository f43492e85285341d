using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Reruns;
using Torc.Tests.Support;
using Torc.Web.Engine;
using Torc.Web.Reruns;
using Xunit;

namespace Torc.Tests.Engine;

/// <summary>What plans are made from is kept for a while, and never longer than it is true.</summary>
public sealed class PlanBasesTests : IAsyncLifetime
{
    private EngineHost _host = null!;
    private EngineHost.FakeAgent _agent = null!;
    private WorkflowId _workflow;
    private PlanBases _bases = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await EngineHost.StartAsync();
        _agent = _host.Agent(cpus: 1);
        await _agent.HelloAsync();
        _workflow = await DoneAsync();
        _bases = new PlanBases(_host.Store, _host.Results, _host.Engine, _host.Clock);
    }

    public async ValueTask DisposeAsync()
    {
        _bases.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task It_is_kept_for_a_minute_after_somebody_asked_for_it()
    {
        var first = await _bases.FindAsync(_workflow, Cancel);
        _host.Clock.Advance(PlanBases.KeptFor - TimeSpan.FromSeconds(1));
        Assert.Same(first, await _bases.FindAsync(_workflow, Cancel));
        _host.Clock.Advance(PlanBases.KeptFor - TimeSpan.FromSeconds(1));
        Assert.Same(first, await _bases.FindAsync(_workflow, Cancel));

        _host.Clock.Advance(PlanBases.KeptFor);

        Assert.NotSame(first, await _bases.FindAsync(_workflow, Cancel));
    }

    [Fact]
    public async Task That_of_one_workflow_is_kept_and_changes_of_others_do_not_matter()
    {
        var first = await _bases.FindAsync(_workflow, Cancel);
        var other = await DoneAsync();
        Assert.Same(first, await _bases.FindAsync(_workflow, Cancel));

        Assert.Equal(other, (await _bases.FindAsync(other, Cancel))!.Workflow.State.Id);

        Assert.NotSame(first, await _bases.FindAsync(_workflow, Cancel));
    }

    [Fact]
    public async Task User_data_that_are_stored_are_seen_at_once()
    {
        Assert.Null((await _bases.FindAsync(_workflow, Cancel))!.Workflow.Data["results"]);

        await ChangeAsync((state, commit, now) => state.StoreData(_workflow, "results", "1", by: null, now, commit));

        Assert.Equal("1", (await _bases.FindAsync(_workflow, Cancel))!.Workflow.Data["results"]);
    }

    [Fact]
    public async Task What_is_read_of_a_file_is_seen_at_once()
    {
        var identity = new FileIdentity(1, 2, 3, 4, 5);
        Assert.Null((await _bases.FindAsync(_workflow, Cancel))!.Results.Contents.IdentityOf("x.json"));

        await ChangeAsync((_, commit, now) =>
        {
            commit.Digests.Add(new FileDigest(_workflow, "x.json", identity, "xxh128:1", now));
            return true;
        });

        Assert.Equal(identity, (await _bases.FindAsync(_workflow, Cancel))!.Results.Contents.IdentityOf("x.json"));
    }

    [Fact]
    public async Task A_run_is_seen_at_once_from_its_start_to_its_end()
    {
        Assert.Equal(1, (await ResultAsync()).Attempt.Number);
        var loaded = (await _host.Store.FindAsync(_workflow, Cancel))!;

        await ChangeAsync((state, commit, now) => state.TryRerun(state.Adopt(loaded)!, new HashSet<int> { 0 }, new HashSet<int>(), stop: false, RerunScope.All, "ann", now, commit));

        Assert.Equal(JobStatus.Ready, (await _bases.FindAsync(_workflow, Cancel))!.Workflow.State.Job(0).Status);
        await _agent.ReportAsync();
        Assert.Equal(JobStatus.Pending, (await _bases.FindAsync(_workflow, Cancel))!.Workflow.State.Job(0).Status);
        await _agent.ReportAsync(_agent.Ended());
        Assert.Equal(2, (await ResultAsync()).Attempt.Number);
    }

    [Fact]
    public async Task A_workflow_that_was_deleted_is_not_there()
    {
        Assert.NotNull(await _bases.FindAsync(_workflow, Cancel));
        var loaded = (await _host.Store.FindAsync(_workflow, Cancel))!;

        Assert.True(await ChangeAsync((state, commit, now) => state.TryDelete(state.Adopt(loaded)!, "ann", now, commit)));

        Assert.Null(await _bases.FindAsync(_workflow, Cancel));
    }

    [Fact]
    public async Task After_a_change_that_could_not_be_stored_for_sure_everything_is_read_anew()
    {
        var first = await _bases.FindAsync(_workflow, Cancel);

        await Assert.ThrowsAsync<IOException>(() => ChangeAsync<bool>((_, _, _) => throw new InvalidOperationException("half done")));

        Assert.NotSame(first, await _bases.FindAsync(_workflow, Cancel));
    }

    private async Task<JobResult> ResultAsync() => Assert.Single((await _bases.FindAsync(_workflow, Cancel))!.Results.Results.Values);

    private Task<T> ChangeAsync<T>(Func<EngineState, Commit, DateTimeOffset, T> change) => _host.Engine.ChangeAsync(change, Cancel);

    private async Task<WorkflowId> DoneAsync()
    {
        var workflow = await _host.CreateAsync(Sketch.Draw("raw > a > x"));
        await _agent.ReportAsync();
        await _agent.ReportAsync(_agent.Ended());
        return workflow;
    }
}
