using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Tests.Agent.Support;
using Torc.Tests.Support;
using Torc.Web.Data;
using Torc.Web.Data.Doctor;
using Torc.Web.Data.Logs;
using Torc.Web.Engine;
using Torc.Web.Jobs;
using Torc.Web.Workflows;
using Xunit;

namespace Torc.Tests.Engine;

/// <summary>Workflows that are put away, and those that are forgotten, in the engine and its database.</summary>
public sealed class ArchivedWorkflowTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private EngineHost _host = null!;
    private EngineHost.FakeAgent _agent = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private LogShelf Logs => new(new DataFolder(_folder.Path), Options.Create(new LogOptions()));

    private WorkflowDesk Desk => new(_host.Engine, _host.Store, Logs);

    public async ValueTask InitializeAsync()
    {
        _host = await EngineHost.StartAsync();
        _agent = _host.Agent(cpus: 1);
        await _agent.HelloAsync();
    }

    public async ValueTask DisposeAsync()
    {
        // Whatever a test has done, the database is as it must be.
        var examined = await DatabaseDoctor.ExamineAsync(_host.Database, CancellationToken.None);
        await _host.DisposeAsync();
        _folder.Dispose();
        Assert.Empty(examined.Violations);
    }

    [Fact]
    public async Task One_that_was_put_away_is_listed_elsewhere_and_comes_back_as_it_was()
    {
        var workflow = await DoneAsync();
        var other = await _host.CreateAsync(Sketch.Draw("> c >"), start: false);

        Assert.Equal(new JobAnswer.Done(2), await Desk.ArchiveAsync(workflow, archived: true, "ann", dryRun: true, Cancel));
        Assert.Null((await _host.Queries.FindAsync(workflow, Cancel))!.ArchivedAt);
        Assert.Equal(new JobAnswer.Done(2), await Desk.ArchiveAsync(workflow, archived: true, "ann", dryRun: false, Cancel));
        Assert.Equal(new JobAnswer.Refused("Workflow 1 is archived already."), await Desk.ArchiveAsync(workflow, archived: true, "ann", dryRun: false, Cancel));
        Assert.Equal([other], (await _host.Queries.ListAsync(Cancel)).Select(view => view.Id));
        var away = await _host.Queries.SliceAsync(new WorkflowFilter(Archived: true), WorkflowSort.NewestFirst, 0, 10, _host.Clock.GetUtcNow(), Cancel);
        Assert.Equal([workflow], away.Workflows.Select(view => view.Id));
        Assert.Equal((1, 1), (away.All, away.Archived));
        Assert.Equal("""{"by":"ann"}""", await _host.ReadTextAsync("SELECT data FROM events WHERE type = 'torc.workflow.archived'"));

        await _host.KillAndStartAgainAsync();
        Assert.Equal(new JobAnswer.Done(2), await Desk.ArchiveAsync(workflow, archived: false, "ann", dryRun: false, Cancel));
        Assert.Equal([other, workflow], (await _host.Queries.ListAsync(Cancel)).Select(view => view.Id));
        Assert.Equal("a Completed, b Completed", await _host.StatusesAsync(workflow));
    }

    [Fact]
    public async Task A_draft_that_was_put_away_does_not_start_whatever_the_server_went_through()
    {
        var draft = await _host.CreateAsync(Sketch.Draw("> a >"), start: false);
        await Desk.ArchiveAsync(draft, archived: true, "ann", dryRun: false, Cancel);
        await _host.KillAndStartAgainAsync();

        Assert.False(await StartAsync(draft));
        await Desk.ArchiveAsync(draft, archived: false, "ann", dryRun: false, Cancel);
        Assert.True(await StartAsync(draft));
    }

    [Fact]
    public async Task Neither_is_done_to_one_that_runs_or_is_not_there()
    {
        var running = await _host.CreateAsync(Sketch.Draw("> a >"));
        var refused = new JobAnswer.Refused("Workflow 1 runs: stop it first, or wait for its end.");

        Assert.Equal(refused, await Desk.ArchiveAsync(running, archived: true, "ann", dryRun: false, Cancel));
        Assert.Equal(refused, await Desk.DeleteAsync(running, "ann", dryRun: false, Cancel));
        Assert.Equal(new JobAnswer.NoWorkflow(), await Desk.ArchiveAsync(new WorkflowId(77), archived: true, "ann", dryRun: false, Cancel));
        Assert.Equal(new JobAnswer.NoWorkflow(), await Desk.DeleteAsync(new WorkflowId(77), "ann", dryRun: false, Cancel));
        Assert.Equal("a Ready", await _host.StatusesAsync(running));
    }

    [Fact]
    public async Task Of_one_that_was_deleted_nothing_is_left_but_who_did_it()
    {
        var workflow = await DoneAsync();
        var kept = await DoneAsync();
        var attempt = (await _host.Store.AttemptsAsync(workflow, Cancel))[0];
        await Logs.KeepAsync(attempt, LogStream.Stdout, new KeptHead(4, 4, 0), "one\n"u8.ToArray(), default, _host.Clock.GetUtcNow(), Cancel);
        using var watch = _host.Feed.Watch(workflow: null);

        Assert.Equal(new JobAnswer.Done(2), await Desk.DeleteAsync(workflow, "ann", dryRun: true, Cancel));
        Assert.NotNull(await _host.Queries.FindAsync(workflow, Cancel));
        Assert.Equal(new JobAnswer.Done(2), await Desk.DeleteAsync(workflow, "ann", dryRun: false, Cancel));

        Assert.Equal([workflow], (await watch.ReadAsync(Cancel).NextAsync()).Deleted);
        Assert.Null(await _host.Queries.FindAsync(workflow, Cancel));
        var deleted = (await _host.Queries.DeletedAsync(workflow, Cancel))!;
        Assert.Equal(("ann", "sketch"), (deleted.By, deleted.Name));
        foreach (string table in DeletionWriter.OfWorkflow)
        {
            Assert.Equal("0", await _host.ReadTextAsync($"SELECT COUNT(*) FROM {table} WHERE workflow_id = {workflow}"));
        }

        Assert.Null(Logs.TryOpen(attempt, LogStream.Stdout));
        Assert.Equal("a Completed, b Completed", await _host.StatusesAsync(kept));
    }

    [Fact]
    public async Task A_draft_of_it_stays_its_authors()
    {
        var workflow = await DoneAsync();
        await using (var db = _host.Open())
        {
            db.Drafts.Add(new DraftRow { UserName = "ann", WorkflowId = workflow.Value, BaseVersion = 1, FileName = "a.yaml", Name = "a", Text = "name: a\njobs: []\n", History = "{}", Places = "{}" });
            await db.SaveChangesAsync(Cancel);
        }

        await Desk.DeleteAsync(workflow, "ann", dryRun: false, Cancel);

        Assert.Equal("1", await _host.ReadTextAsync("SELECT COUNT(*) FROM drafts WHERE workflow_id IS NULL AND base_version IS NULL AND text LIKE 'name: a%'"));
    }

    [Fact]
    public async Task Its_numbers_are_never_used_again()
    {
        var workflow = await DoneAsync();
        long newest = (await _host.Queries.JobsAsync(workflow, Cancel)).Max(job => job.Id.Value);
        await Desk.DeleteAsync(workflow, "ann", dryRun: false, Cancel);

        await _host.KillAndStartAgainAsync();
        var next = await _host.CreateAsync(Sketch.Draw("> a >"), start: false);

        Assert.Equal(workflow.Value + 1, next.Value);
        Assert.Equal(newest + 1, (await _host.Queries.JobsAsync(next, Cancel))[0].Id.Value);
    }

    [Fact]
    public async Task Whoever_had_read_it_before_does_not_bring_it_back()
    {
        var workflow = await DoneAsync();
        var loaded = (await _host.Store.FindAsync(workflow, Cancel))!;
        await Desk.DeleteAsync(workflow, "ann", dryRun: false, Cancel);

        Assert.Null(await _host.Engine.ReadAsync(state => state.Adopt(loaded), Cancel));
    }

    [Fact]
    public void Every_table_that_tells_of_workflows_or_jobs_is_emptied()
    {
        using var db = _host.Open();
        string[] told = [.. db.Model.GetEntityTypes()
            .Where(entity => entity.ClrType != typeof(DeletedWorkflowRow) && entity.ClrType != typeof(RequestRow) && entity.ClrType != typeof(DraftRow) && entity.GetProperties().Any(property => property.Name is nameof(JobRow.WorkflowId) or nameof(SampleRow.JobId)))
            .Select(entity => entity.GetTableName()!)];

        Assert.Equal(told.Order(), DeletionWriter.OfJobs.Concat(DeletionWriter.OfWorkflow).Order());
    }

    private async Task<WorkflowId> DoneAsync()
    {
        var workflow = await _host.CreateAsync(Sketch.Draw("raw > a > x | x > b > y"));
        await _agent.ReportAsync();
        await _agent.ReportAsync(_agent.Ended());
        await _agent.ReportAsync(_agent.Ended());
        Assert.Equal("a Completed, b Completed", await _host.StatusesAsync(workflow));
        return workflow;
    }

    private Task<bool> StartAsync(WorkflowId workflow) =>
        _host.Engine.ChangeAsync((state, commit, now) => state.TryStart(state.Find(workflow)!, "ann", now, commit), Cancel);
}
