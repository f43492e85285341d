using Microsoft.Playwright;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Quantities;
using Torc.Shared.Specs.Documents;
using Torc.Tests.Support;
using Torc.Web.Live;
using Xunit;
using static Torc.Shared.Jobs.JobStatus;

namespace Torc.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class PagesTests(Chromium chromium)
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow.AddSeconds(-30);

    private static readonly SpecSummary Broken = new(
        null, null, null, null, new EdgeCounts(null, null), null, null, [],
        [
            new Diagnostic("TORC101", Severity.Error, "/jobs/1/ouput_files", 14, 9, 20, "Unknown key “ouput_files” in job “work2”. Did you mean “output_files”?", null),
            new Diagnostic("TORC111", Severity.Error, "/jobs", 9, 1, null, "Loop: work1 → f3 → postprocess → f1 → work1.", "Take one of these files out of the inputs or outputs of a job."),
        ]);

    [Fact]
    public async Task The_graph_of_a_running_workflow_changes_by_itself_and_asks_nobody_else()
    {
        await using var site = await FakeSite.StartAsync();
        var id = site.Workflows.Add(Diamond.Definition);
        var visit = await Visit.StartAsync(chromium, site.Address);

        await visit.GoAsync($"/workflows/{id}");
        await Visit.AssertSoonAsync(visit.Job("preprocess", "uninitialized"));
        int navigations = visit.Navigations;
        Begin(site.Workflows, id);

        await Visit.AssertSoonAsync(visit.Job("work2", "running"));
        await Visit.AssertSoonAsync(visit.Job("preprocess", "completed"));
        Assert.Equal(4, await visit.Find("job-node").CountAsync());
        Assert.Equal(6, await visit.Find("file-node").CountAsync());
        Assert.Equal(navigations, visit.Navigations);
        visit.AssertQuiet();
    }

    [Fact]
    public async Task What_pages_load_comes_compressed_and_is_kept_by_the_browser()
    {
        const int MostAtFirst = 300 << 10;
        const int MostLater = 150 << 10;
        const string Loaded = "() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].reduce((sum, entry) => sum + entry.transferSize, 0)";
        await using var site = await FakeSite.StartAsync();
        var id = site.Workflows.Add(Diamond.Definition);
        var visit = await Visit.StartAsync(chromium, site.Address);

        await visit.GoAsync($"/workflows/{id}");
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-testid=graph][data-ready]"));
        int first = await visit.Page.EvaluateAsync<int>(Loaded);
        await visit.GoAsync($"/workflows/{id}");
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-testid=graph][data-ready]"));

        Assert.InRange(first, MostLater, MostAtFirst);
        Assert.InRange(await visit.Page.EvaluateAsync<int>(Loaded), 1, MostLater);
    }

    [Theory]
    [InlineData(false, 1400)]
    [InlineData(true, 800)]
    public async Task The_inspector_shows_log_and_charts_of_the_job_that_the_address_names(bool dark, int width)
    {
        await using var site = await FakeSite.StartAsync();
        var id = site.Workflows.Add(Diamond.Definition);
        Begin(site.Workflows, id);
        site.Log = string.Concat(Enumerable.Range(1, 12).Select(line => $"2026-05-04T14:02:{line:00}Z \u001b[31mholding 300 MiB\u001b[0m, loop {line}\n"));
        site.Samples = FakeSite.Ramp(Now, 18, 311);
        var visit = await Visit.StartAsync(chromium, site.Address, dark, width);

        await visit.GoAsync($"/workflows/{id}?job=work2");
        var chart = visit.Page.Locator("[data-testid=chart][data-series=memory]");
        await Visit.AssertSoonAsync(chart);
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-testid=charts][data-ready]"));
        await Visit.AssertSoonAsync(visit.Find("log-line").First);
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-testid=graph][data-ready]"));
        await visit.KeepPictureAsync($"inspector-{(dark ? "dark" : "light")}-{width}");

        Assert.Equal("18", await chart.GetAttributeAsync("data-points"));
        Assert.Equal((512L << 20).ToString(System.Globalization.CultureInfo.InvariantCulture), await chart.GetAttributeAsync("data-bound"));
        Assert.InRange(long.Parse((await chart.GetAttributeAsync("data-max"))!, System.Globalization.CultureInfo.InvariantCulture), 290L << 20, 340L << 20);
        Assert.Equal(12, await visit.Find("log-line").CountAsync());
        Assert.Equal("2026-05-04T14:02:01Z holding 300 MiB, loop 1", await visit.Find("log-line").First.TextContentAsync());
        visit.AssertQuiet();

        site.Samples = FakeSite.Ramp(Now, 19, 311);
        site.Workflows.Sample(id, "work2");
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-testid=chart][data-series=cpu][data-points='19']"));
    }

    [Fact]
    public async Task A_log_that_cannot_be_shown_says_why()
    {
        await using var site = await FakeSite.StartAsync();
        var id = site.Workflows.Add(Diamond.Definition);
        Begin(site.Workflows, id);
        var visit = await Visit.StartAsync(chromium, site.Address);

        await visit.GoAsync($"/workflows/{id}?job=work1");
        await visit.Find("log-stderr").ClickAsync();

        await Visit.AssertSoonAsync(visit.Page.GetByText("This log was not kept."));
        await Visit.AssertSoonAsync(visit.Page.GetByText("No sample yet; one is taken every 1 s."));
    }

    [Fact]
    public async Task Selecting_and_panning_and_zooming_work_by_keyboard_and_mouse()
    {
        await using var site = await FakeSite.StartAsync();
        var id = site.Workflows.Add(Diamond.Definition);
        var visit = await Visit.StartAsync(chromium, site.Address);
        await visit.GoAsync($"/workflows/{id}");
        var graph = visit.Page.Locator("[data-testid=graph][data-ready]");
        await Visit.AssertSoonAsync(graph);

        await visit.Job("work1", "uninitialized").FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-testid=inspector][data-job=work1]"));
        Assert.EndsWith("?job=work1", visit.Page.Url, StringComparison.Ordinal);
        string? before = await graph.GetAttributeAsync("data-scale");
        await visit.Page.Keyboard.PressAsync("+");
        Assert.NotEqual(before, await graph.GetAttributeAsync("data-scale"));

        var box = (await graph.BoundingBoxAsync())!;
        await visit.Page.Mouse.MoveAsync(box.X + 40, box.Y + 40);
        await visit.Page.Mouse.DownAsync();
        await visit.Page.Mouse.MoveAsync(box.X + 140, box.Y + 90, new() { Steps = 4 });
        await visit.Page.Mouse.UpAsync();
        await visit.Page.GoBackAsync();
        await Visit.AssertSoonAsync(visit.Find("workflow-summary"));
        visit.AssertQuiet();
    }

    [Theory]
    [InlineData(true, 1400)]
    [InlineData(false, 800)]
    public async Task The_first_page_and_the_list_fill_themselves(bool dark, int width)
    {
        await using var site = await FakeSite.StartAsync();
        var visit = await Visit.StartAsync(chromium, site.Address, dark, width);
        await visit.GoAsync("/");
        await Visit.AssertSoonAsync(visit.Find("first-steps"));
        await visit.KeepPictureAsync($"empty-{(dark ? "dark" : "light")}-{width}");

        var done = site.Workflows.Add(Diamond.Definition);
        Begin(site.Workflows, done);
        End(site.Workflows, done);
        var failed = site.Workflows.Add(Diamond.Definition with { Name = "wind-2026-sweep" });
        Begin(site.Workflows, failed);
        Fail(site.Workflows, failed);
        Begin(site.Workflows, site.Workflows.Add(Diamond.Definition with { Project = null }));
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-testid=attention][data-workflow='2']"));
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-testid=running][data-workflow='3']"));
        await visit.KeepPictureAsync($"home-{(dark ? "dark" : "light")}-{width}");

        await visit.GoAsync("/workflows");
        site.Workflows.Add(Diamond.Wide(200));
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-testid=workflow-row][data-workflow='4']"));
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-testid=workflow-row][data-workflow='2'][data-status=failed]"));
        Assert.Equal(4, await visit.Find("workflow-row").CountAsync());
        await visit.KeepPictureAsync($"list-{(dark ? "dark" : "light")}-{width}");
        visit.AssertQuiet();
    }

    [Theory]
    [InlineData(true, 1400)]
    [InlineData(false, 800)]
    public async Task A_failed_workflow_says_what_failed(bool dark, int width)
    {
        await using var site = await FakeSite.StartAsync();
        var id = site.Workflows.Add(Diamond.Definition);
        Begin(site.Workflows, id);
        Fail(site.Workflows, id);
        site.Samples = FakeSite.Ramp(Now, 2, 299);
        var visit = await Visit.StartAsync(chromium, site.Address, dark, width);

        await visit.GoAsync($"/workflows/{id}");
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-testid=graph][data-ready]"));
        await visit.KeepPictureAsync($"failed-{(dark ? "dark" : "light")}-{width}");
        await visit.Job("work2", "failed").ClickAsync();

        await Visit.AssertSoonAsync(visit.Page.GetByText("Out of memory: used 299 MiB of 200 MiB"));
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-testid=charts][data-ready]"));
        await visit.KeepPictureAsync($"failed-work2-{(dark ? "dark" : "light")}-{width}");
        await visit.Page.GotoAsync(new Uri(site.Address, $"/workflows/{id}/jobs?job=work2").ToString());
        await Visit.AssertSoonAsync(visit.Find("job-row").First);
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-testid=charts][data-ready]"));
        await visit.KeepPictureAsync($"table-{(dark ? "dark" : "light")}-{width}");
        visit.AssertQuiet();
    }

    [Theory]
    [MemberData(nameof(Looks.All), MemberType = typeof(Looks))]
    public async Task Nodes_and_their_last_hour_are_seen_at_any_width(bool dark, int width)
    {
        await using var site = await FakeSite.StartAsync();
        site.Samples = [.. FakeSite.Ramp(Now, 120, 40_000).Select(sample => sample with { GpuPercent = 95, GpuMemory = MemorySize.Gibibytes(30) })];
        var visit = await Visit.StartAsync(chromium, site.Address, dark, width);

        await visit.GoAsync("/nodes");
        await Visit.AssertSoonAsync(visit.Find("node-row").First);
        await visit.KeepPictureAsync($"nodes-{(dark ? "dark" : "light")}-{width}");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "n1", Exact = true }).ClickAsync();

        await Visit.AssertSoonAsync(visit.Page.Locator("[data-testid=charts][data-ready]"));
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-testid=chart][data-series=gpu][data-points='120'] canvas"));
        await visit.KeepPictureAsync($"node-{(dark ? "dark" : "light")}-{width}");
        visit.AssertQuiet();
    }

    [Fact]
    public async Task A_spec_is_looked_at_before_it_is_created()
    {
        await using var site = await FakeSite.StartAsync();
        site.Answer = site.Answer with { MissingInputs = ["inputs.json"], Problems = [new Diagnostic("TORC140", Severity.Warning, "/resource_requirements/0/memory", 31, 22, 27, "“2gb” is read as 2 GiB.", "Write 2g or 2GiB.")] };
        var visit = await Visit.StartAsync(chromium, site.Address);
        await visit.GoAsync("/workflows");
        await visit.Find("new-workflow").ClickAsync();
        await Visit.AssertSoonAsync(visit.Find("spec-input").Locator(".."));
        await visit.KeepPictureAsync("upload-empty");

        await visit.Find("spec-input").SetInputFilesAsync(new Microsoft.Playwright.FilePayload { Name = "diamond.json", MimeType = "application/json", Buffer = "{}"u8.ToArray() });
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-testid=problem][data-code=TORC140]"));
        await visit.KeepPictureAsync("upload");
        await visit.Find("create-and-run").ClickAsync();

        await Visit.AssertSoonAsync(visit.Find("workflow"));
        await Visit.AssertSoonAsync(visit.Job("work1", "uninitialized"));
        await visit.Find("run").ClickAsync();
        await Visit.AssertSoonAsync(visit.Job("preprocess", "running"));
        visit.AssertQuiet();
    }

    [Fact]
    public async Task A_spec_with_errors_cannot_be_created()
    {
        await using var site = await FakeSite.StartAsync();
        site.Answer = Broken;
        var visit = await Visit.StartAsync(chromium, site.Address);
        await visit.GoAsync("/workflows");
        await visit.Find("new-workflow").ClickAsync();
        await visit.Find("spec-input").SetInputFilesAsync(new Microsoft.Playwright.FilePayload { Name = "broken.yaml", MimeType = "application/yaml", Buffer = "a: b"u8.ToArray() });

        await Visit.AssertSoonAsync(visit.Page.Locator("[data-testid=problem][data-code=TORC101]"));
        await visit.KeepPictureAsync("upload-errors");
        Assert.True(await visit.Find("create-and-run").IsDisabledAsync());
    }

    [Fact]
    public async Task When_the_server_goes_away_the_page_says_so_and_comes_back_by_itself()
    {
        var feed = new LiveFeed(TimeProvider.System);
        var workflows = new FakeWorkflows(feed);
        var id = workflows.Add(Diamond.Definition);
        var visit = await DepartAsync(workflows, feed, id);

        await Visit.AssertSoonAsync(visit.Visit.Page.Locator("[data-testid=live-dot][data-state=paused]"));
        await Visit.AssertSoonAsync(visit.Visit.Page.GetByText("Live updates paused at"));
        await visit.Visit.KeepPictureAsync("paused");
        Begin(workflows, id);
        await using var again = await FakeSite.StartAsync(workflows, feed, visit.Port);

        await Visit.AssertSoonAsync(visit.Visit.Page.Locator("[data-testid=live-dot][data-state=live]"));
        await Visit.AssertSoonAsync(visit.Visit.Job("work1", "running"));
        Assert.EndsWith($"/workflows/{id}?job=work1", visit.Visit.Page.Url, StringComparison.Ordinal);
        await Visit.AssertSoonAsync(visit.Visit.Page.Locator("[data-testid=inspector][data-job=work1]"));
    }

    private async Task<(Visit Visit, int Port)> DepartAsync(FakeWorkflows workflows, LiveFeed feed, WorkflowId id)
    {
        await using var site = await FakeSite.StartAsync(workflows, feed);
        var visit = await Visit.StartAsync(chromium, site.Address);
        await visit.GoAsync($"/workflows/{id}?job=work1");
        await Visit.AssertSoonAsync(visit.Job("work1", "uninitialized"));
        return (visit, site.Address.Port);
    }

    private static void Begin(FakeWorkflows workflows, WorkflowId id)
    {
        workflows.Move(id, Now.AddSeconds(-12), ("preprocess", Running, null), ("work1", Blocked, null), ("work2", Blocked, null), ("postprocess", Blocked, "Waits for work1 and work2."));
        workflows.Move(id, Now, ("preprocess", Completed, null), ("work1", Running, null), ("work2", Running, null));
    }

    private static void End(FakeWorkflows workflows, WorkflowId id)
    {
        workflows.Move(id, Now.AddSeconds(20), ("work1", Completed, null), ("work2", Completed, null), ("postprocess", Running, null));
        workflows.Move(id, Now.AddSeconds(22), ("postprocess", Completed, null));
    }

    private static void Fail(FakeWorkflows workflows, WorkflowId id) => workflows.Move(
        id,
        Now.AddSeconds(1.6),
        ("work1", Completed, null),
        ("work2", Failed, "Out of memory: used 299 MiB of 200 MiB"),
        ("postprocess", Canceled, "work2 failed"));
}
