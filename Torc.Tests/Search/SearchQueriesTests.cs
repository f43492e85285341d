using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Tests.Engine;
using Torc.Tests.Support;
using Torc.Web.Data;
using Torc.Web.Search;
using Xunit;

namespace Torc.Tests.Search;

/// <summary>What the command palette finds, in a real database.</summary>
public sealed class SearchQueriesTests : IAsyncLifetime
{
    private EngineHost _host = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await EngineHost.StartAsync();

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task What_is_called_just_so_comes_first_then_what_begins_so_then_what_has_it_somewhere_and_the_newest_of_each()
    {
        foreach (string name in new[] { "the wind", "windmill", "wind", "Windfall", "solar" })
        {
            await CreateAsync(name);
        }

        Assert.Equal("wind, Windfall, windmill, the wind", await FindAsync("WIND"));
    }

    [Fact]
    public async Task All_words_must_be_there_in_any_order_and_no_letter_has_a_meaning_of_its_own()
    {
        foreach (string name in new[] { "sweep 2026 wind", "sweep 2025 wind", "100% of_it", "100x ofxit" })
        {
            await CreateAsync(name);
        }

        Assert.Equal("sweep 2026 wind", await FindAsync(" wind  2026 "));
        Assert.Equal("100% of_it", await FindAsync("0% f_i"));
    }

    [Fact]
    public async Task A_number_finds_the_workflow_of_this_number_before_those_whose_names_have_it()
    {
        await CreateAsync("first");
        await CreateAsync("run 1 of many");

        Assert.Equal("first, run 1 of many", await FindAsync("1"));
        var found = Assert.Single(await Search.FindAsync("#2", null, 20, Cancel));
        Assert.Equal((SearchKind.Workflow, 2L, 0, "#2 · Draft", "workflows/2"), (found.Kind, found.Id, found.Rank, found.Detail, found.Address));
    }

    [Fact]
    public async Task Jobs_are_found_in_the_workflow_that_is_open_and_nodes_everywhere()
    {
        var open = await CreateAsync("open");
        await CreateAsync("other");
        var agent = _host.Agent(cpus: 1);
        await agent.HelloAsync();

        var jobs = await Search.FindAsync("a", open, 20, Cancel);
        Assert.Equal((SearchKind.Job, $"workflows/{open}/jobs/a"), (jobs[0].Kind, jobs[0].Address));
        Assert.DoesNotContain(await Search.FindAsync("a", null, 20, Cancel), hit => hit.Kind == SearchKind.Job);
        Assert.Contains(await Search.FindAsync("n", null, 20, Cancel), hit => hit is { Kind: SearchKind.Node, Address: "nodes/1" });
    }

    [Fact]
    public async Task A_job_is_not_said_to_run_when_its_node_is_not_heard()
    {
        var agent = _host.Agent(cpus: 1);
        await agent.HelloAsync();
        var open = await _host.CreateAsync(Sketch.Draw("raw > a > x"));
        await agent.ReportAsync();
        await agent.ReportAsync(agent.Started());
        Assert.Equal("Running", Assert.Single(await Search.FindAsync("a", open, 20, Cancel)).Detail);

        await agent.DisconnectAsync();

        Assert.Equal("Unknown, last seen running", Assert.Single(await Search.FindAsync("a", open, 20, Cancel)).Detail);
    }

    [Fact]
    public async Task Without_words_it_is_the_newest_workflows_and_never_more_than_were_asked_for()
    {
        for (int number = 1; number <= 5; number++)
        {
            await CreateAsync($"wind {number}");
        }

        Assert.Equal("wind 5, wind 4", await FindAsync("", limit: 2));
        Assert.Equal("wind 5, wind 4, wind 3", await FindAsync("wind", limit: 3));
    }

    private SearchQueries Search => new(new SqliteStore(_host.Database).Open, _host.Engine);

    private async Task<string> FindAsync(string text, int limit = 20) => string.Join(", ", (await Search.FindAsync(text, null, limit, Cancel)).Select(hit => hit.Name));

    private Task<WorkflowId> CreateAsync(string name) => _host.CreateAsync(Sketch.Draw("raw > a > x") with { Name = name }, start: false);
}
