using System.Globalization;
using System.Text;
using Microsoft.Playwright;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Tests.Specs;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.Browser;

/// <summary>The graph in a browser: its lenses, groups, search, grid and pictures, at four, a thousand and a hundred thousand jobs.</summary>
[Collection(BrowserCollection.Name)]
public sealed class GraphPageTests(Chromium chromium)
{
    [Theory]
    [InlineData(false, 1400)]
    [InlineData(true, 1000)]
    public async Task Every_lens_shows_its_part_of_the_example(bool dark, int width)
    {
        await using var site = await FakeSite.StartAsync();
        var id = site.Workflows.Add(Diamond.Definition);
        site.Workflows.Move(id, FakeWorkflows.Start, ("preprocess", JobStatus.Completed, null), ("work1", JobStatus.Running, null), ("work2", JobStatus.Failed, "exit code 2"));
        var visit = await Visit.StartAsync(chromium, site.Address, dark, width);
        await visit.GoAsync($"/workflows/{id}");
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-testid=graph][data-ready]"));
        string look = $"{(dark ? "dark" : "light")}-{width}";
        await visit.KeepPictureAsync($"graph-files-{look}");

        await visit.Find("lens-jobs").ClickAsync();
        await Assertions.Expect(visit.Find("file-node")).ToHaveCountAsync(0);
        Assert.EndsWith("?mode=jobs", visit.Page.Url, StringComparison.Ordinal);
        await visit.KeepPictureAsync($"graph-jobs-{look}");
        await visit.Find("lens-needs").ClickAsync();
        await Assertions.Expect(visit.Find("needs-node")).ToHaveCountAsync(2);
        await visit.KeepPictureAsync($"graph-needs-{look}");
        await visit.Find("lens-data").ClickAsync();
        await Assertions.Expect(visit.Find("job-node")).ToHaveCountAsync(1);
        await Assertions.Expect(visit.Find("data-node")).ToHaveCountAsync(1);
        await visit.Find("lens-files").ClickAsync();
        await visit.Find("critical").ClickAsync();
        await visit.Find("downward").ClickAsync();
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-job=work2][data-critical], [data-job=work1][data-critical]").First);
        await visit.KeepPictureAsync($"graph-downward-{look}");
        visit.AssertQuiet();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Jobs_of_a_node_that_is_lost_are_never_shown_as_running_on_any_page(bool dark)
    {
        await using var site = await FakeSite.StartAsync();
        var now = DateTimeOffset.UtcNow;
        var id = site.Workflows.Add(Diamond.Definition);
        site.Workflows.Move(id, now.AddMinutes(-2), ("preprocess", JobStatus.Completed, null), ("work1", JobStatus.Running, null), ("work2", JobStatus.Running, null));
        string look = dark ? "dark" : "light";
        var graph = await OpenAsync($"/workflows/{id}?job=work1", "[data-testid=graph][data-ready]");
        var table = await OpenAsync($"/workflows/{id}/jobs", "[data-testid=job-row][data-job=work1][data-status=running]");
        var page = await OpenAsync($"/workflows/{id}/jobs/work1", "[data-testid=job-page][data-status=running]");
        await Visit.AssertSoonAsync(graph.Job("work1", "running"));

        site.Workflows.Lose(id, now.AddMinutes(-1), "work1");

        await Visit.AssertSoonAsync(graph.Job("work1", "unknown"));
        await Visit.AssertSoonAsync(graph.Job("work2", "running"));
        await Visit.AssertSoonAsync(table.Page.Locator("tr:has([data-job=work1]) .torc-chip:has-text('Unknown, last seen running')"));
        await Visit.AssertSoonAsync(page.Page.Locator("h1 ~ .torc-chip:has-text('Unknown, last seen running')"));
        await graph.KeepPictureAsync($"unknown-graph-{look}");
        await table.KeepPictureAsync($"unknown-table-{look}");
        await page.KeepPictureAsync($"unknown-job-{look}");

        site.Workflows.Lose(id, since: null, "work1");

        await Visit.AssertSoonAsync(graph.Job("work1", "running"));
        await Visit.AssertSoonAsync(table.Page.Locator("[data-testid=job-row][data-job=work1][data-status=running]"));
        await Visit.AssertSoonAsync(page.Page.Locator("[data-testid=job-page][data-status=running]"));
        Assert.All([graph, table, page], visit => Assert.Equal(1, visit.Navigations));
        Assert.All([graph, table, page], visit => visit.AssertQuiet());

        async Task<Visit> OpenAsync(string path, string ready)
        {
            var visit = await Visit.StartAsync(chromium, site.Address, dark);
            await visit.GoAsync(path);
            await Visit.AssertSoonAsync(visit.Page.Locator(ready));
            return visit;
        }
    }

    [Theory]
    [InlineData("svg")]
    [InlineData("png")]
    public async Task The_picture_is_saved_with_its_colours(string kind)
    {
        await using var site = await FakeSite.StartAsync();
        var id = site.Workflows.Add(Diamond.Definition);
        var visit = await Visit.StartAsync(chromium, site.Address);
        await visit.GoAsync($"/workflows/{id}");
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-testid=graph][data-ready]"));

        var saving = visit.Page.WaitForDownloadAsync();
        await visit.Find($"save-{kind}").ClickAsync();
        var saved = await saving;

        Assert.Equal($"diamond.{kind}", saved.SuggestedFilename);
        byte[] bytes = await File.ReadAllBytesAsync(await saved.PathAsync(), TestContext.Current.CancellationToken);
        if (kind == "png")
        {
            Assert.Equal("PNG", Encoding.ASCII.GetString(bytes, 1, 3));
        }
        else
        {
            string text = Encoding.UTF8.GetString(bytes);
            Assert.Contains("preprocess", text, StringComparison.Ordinal);
            Assert.Contains("stroke:rgb(", text, StringComparison.Ordinal);
            Assert.DoesNotContain("data-testid", text, StringComparison.Ordinal);
        }

        visit.AssertQuiet();
    }

    [Theory]
    [InlineData(998)]
    [InlineData(99_998)]
    public async Task A_sweep_of_any_size_is_read_searched_and_watched(int sims)
    {
        await using var site = await FakeSite.StartAsync();
        var workflow = Sweep.Of(sims);
        var id = site.Workflows.Add(workflow);
        site.Workflows.Move(id, FakeWorkflows.Start, [.. Enumerable.Range(0, 12).Select(index => ($"sim_{1 + (index * 7):00000}", JobStatus.Failed, (string?)"exit code 3"))]);
        var visit = await Visit.StartAsync(chromium, site.Address);
        string look = sims.ToString(CultureInfo.InvariantCulture);

        // The graph, small whatever the workflow.
        await visit.GoAsync($"/workflows/{id}");
        var group = visit.Page.Locator("[data-testid=group-node][data-group=sim]");
        await Visit.AssertSoonAsync(group);
        Assert.Contains($"×{sims.ToString("N0", CultureInfo.InvariantCulture)}", await group.TextContentAsync(), StringComparison.Ordinal);
        Assert.InRange(await visit.Page.Locator(".torc-node, .torc-edge").CountAsync(), 3, 500);
        await visit.KeepPictureAsync($"sweep-{look}");

        // The legend is the filter, and the address keeps it.
        await visit.Find("filter-failed").ClickAsync();
        await Assertions.Expect(visit.Find("filter-failed")).ToHaveAttributeAsync("aria-pressed", "true");
        await Assertions.Expect(group.Locator(".torc-node-word")).ToHaveTextAsync("12 failed");
        Assert.Contains("status=failed", visit.Page.Url, StringComparison.Ordinal);
        await visit.Page.ReloadAsync();
        await Assertions.Expect(group.Locator(".torc-node-word")).ToHaveTextAsync("12 failed");
        await visit.Find("view-jobs").ClickAsync();
        await Assertions.Expect(visit.Find("job-row")).ToHaveCountAsync(12);
        await visit.Find("view-graph").ClickAsync();

        // A cell for each job.
        await group.DblClickAsync();
        await Visit.AssertSoonAsync(visit.Page.Locator($"[data-testid=heat-grid][data-cells='{look}']"));
        await visit.KeepPictureAsync($"grid-{look}");
        await visit.Find("grid-close").ClickAsync();

        // Search, and what lies around.
        await visit.Find("filter-clear").ClickAsync();
        await visit.Find("graph-search").FillAsync("i:0457");
        await Visit.AssertSoonAsync(visit.Find("search-hit"));
        await visit.Page.Keyboard.PressAsync("Enter");
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-testid=inspector][data-job=sim_00457]"));
        await visit.Find("focus-job").ClickAsync();
        await Assertions.Expect(visit.Find("job-node")).ToHaveCountAsync(3);
        Assert.Equal(["prep", "sim_00457", "gather"], await visit.Find("job-node").EvaluateAllAsync<string[]>("nodes => nodes.map(node => node.dataset.job)"));
        await visit.KeepPictureAsync($"focus-{look}");
        visit.AssertQuiet();
    }

    [Fact]
    public async Task A_storm_of_changes_leaves_the_page_quick_and_the_view_where_it_is()
    {
        const int sims = 20_000;
        await using var site = await FakeSite.StartAsync();
        var workflow = Sweep.Of(sims);
        var id = site.Workflows.Add(workflow);
        var visit = await Visit.StartAsync(chromium, site.Address);
        int frames = 0;
        visit.Page.WebSocket += (_, socket) => socket.FrameReceived += (_, _) => Interlocked.Increment(ref frames);
        await visit.GoAsync($"/workflows/{id}");
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-testid=graph][data-ready]"));
        await visit.Page.Locator("[data-graph-action=in]").ClickAsync();
        string? place = await visit.Page.Locator(".torc-viewport").GetAttributeAsync("transform");

        // 2,000 a second for five seconds, each job once to running and to done.
        using var clock = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        long started = TimeProvider.System.GetTimestamp();
        int before = Volatile.Read(ref frames);
        for (int at = 0; at < 10_000; at += 100)
        {
            var status = at % 200 == 0 ? JobStatus.Running : JobStatus.Completed;
            site.Workflows.Move(id, FakeWorkflows.Start, [.. Enumerable.Range(at / 200 * 100, 100).Select(index => ($"sim_{index + 1:00000}", status, (string?)null))]);
            await clock.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        double seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        int received = Volatile.Read(ref frames) - before;
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-testid=filter-completed][data-count='5000']"));
        // Each of at most four pictures a second, and room for what keeps the connection alive.
        Assert.InRange(received / seconds, 0, 6);
        Assert.Equal(place, await visit.Page.Locator(".torc-viewport").GetAttributeAsync("transform"));
        long clicked = TimeProvider.System.GetTimestamp();
        await visit.Find("filter-completed").ClickAsync();
        await Assertions.Expect(visit.Find("filter-completed")).ToHaveAttributeAsync("aria-pressed", "true");
        TestContext.Current.TestOutputHelper?.WriteLine($"{received / seconds:0.0} messages a second; a click was answered after {TimeProvider.System.GetElapsedTime(clicked).TotalMilliseconds:0} ms");
        visit.AssertQuiet();
    }

    [Fact]
    public async Task The_cells_of_a_grid_follow_what_happens()
    {
        const int sims = 3_000;
        await using var site = await FakeSite.StartAsync();
        var id = site.Workflows.Add(Sweep.Of(sims));
        var visit = await Visit.StartAsync(chromium, site.Address, dark: true);
        await visit.GoAsync($"/workflows/{id}?group=sim&grid=i");
        await Visit.AssertSoonAsync(visit.Page.Locator($"[data-testid=heat-grid][data-cells='{sims}']"));

        site.Workflows.Move(id, FakeWorkflows.Start, [.. Enumerable.Range(1, 1_500).Select(index => ($"sim_{index:00000}", index % 50 == 0 ? JobStatus.Failed : JobStatus.Running, (string?)null))]);
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-testid=filter-running][data-count='1470']"));
        await Waiting.UntilAsync(
            () => visit.Page.EvaluateAsync<int>("() => Number(document.querySelector('[data-testid=heat-grid]').dataset.failed)"),
            failed => failed == 30,
            "30 cells are red");
        await visit.KeepPictureAsync("grid-storm-dark");

        // The first cell, chosen by keyboard.
        await visit.Page.Locator(".torc-grid-area").FocusAsync();
        await visit.Page.Keyboard.PressAsync("Home");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-testid=inspector][data-job=sim_00001]"));
        visit.AssertQuiet();
    }

    [Theory]
    [InlineData(false, 1400)]
    [InlineData(true, 360)]
    public async Task The_cells_of_a_grid_stand_in_rows_and_columns_of_two_parameters(bool dark, int width)
    {
        await using var site = await FakeSite.StartAsync();
        var definition = Reading.Definition(
            """
            name: training
            jobs:
              - {name: "train_{lr}_{seed}", command: "train {lr} {seed}", parameters: {lr: "[0.001,0.003,0.01,0.03,0.1,0.3]", seed: "1:40"}}
            """);
        var id = site.Workflows.Add(definition);
        site.Workflows.Move(id, FakeWorkflows.Start, [.. definition.Jobs.Select((job, number) => (job.Name, job.Name.Contains("_0.3_", StringComparison.Ordinal) ? JobStatus.Failed : number % 40 < 25 ? JobStatus.Completed : JobStatus.Running, (string?)null))]);
        var visit = await Visit.StartAsync(chromium, site.Address, dark, width);
        await visit.GoAsync($"/workflows/{id}?group=train&grid=index");
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-testid=heat-grid][data-cells='240']"));

        // Its group is not laid over it where there is no room beside it.
        await Assertions.Expect(visit.Page.Locator(".torc-inspector[data-open]")).ToHaveCountAsync(0);
        await visit.Find("grid-order").SelectOptionAsync("lr down, seed across");
        await visit.ArriveAsync($"/workflows/{id}?group=train&grid=lr.seed");
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-testid=heat-grid][data-columns='40']"));
        await visit.KeepPictureAsync($"grid-table-{width}");
        await visit.Page.Locator(".torc-grid-area").FocusAsync();
        await visit.Page.Keyboard.PressAsync("Home");
        await visit.Page.Keyboard.PressAsync("ArrowRight");
        await visit.Page.Keyboard.PressAsync("ArrowDown");
        await visit.Page.Keyboard.PressAsync("Enter");

        // The second row is 0.003, the second column the second seed.
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-testid=inspector][data-job='train_0.003_2']"));
        visit.AssertQuiet();
    }

    [Fact]
    public async Task A_timeline_folds_the_hours_in_which_nothing_ran()
    {
        await using var site = await FakeSite.StartAsync();
        var id = site.Workflows.Add(Diamond.Definition);
        site.Workflows.Move(id, FakeWorkflows.Start, ("preprocess", JobStatus.Completed, null));
        var start = FakeWorkflows.Start;
        TimelineAttempt Ran(string job, string group, int from, int to) =>
            new(new JobId(from), job, group, 1, "n1", start.AddMinutes(from), start.AddMinutes(from + 1), start.AddMinutes(to), OutcomeKind.Exit, 0);
        site.Timeline = new TimelineView(1, start, start.AddMinutes(205), 4, [Ran("preprocess", "preprocess", 0, 5), Ran("work1", "work", 5, 40) with { Usual = TimeSpan.FromMinutes(20) }, Ran("work2", "work", 170, 200), Ran("postprocess", "postprocess", 201, 205)]);
        var visit = await Visit.StartAsync(chromium, site.Address);

        await visit.GoAsync($"/workflows/{id}/timeline");

        await Visit.AssertSoonAsync(visit.Page.Locator("[data-testid=timeline-view][data-ready][data-folds='1'][data-rows='4']"));
        await visit.KeepPictureAsync("timeline-folded");
        await visit.Find("timeline").GetByText("As a table").ClickAsync();
        await Assertions.Expect(visit.Find("timeline-row").Nth(1)).ToContainTextAsync("34 min");
        await Assertions.Expect(visit.Find("timeline-row").Nth(1)).ToContainTextAsync("20 min");
        await visit.Find("timeline-groups").ClickAsync();
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-testid=timeline-view][data-by=group][data-rows='3']"));
        visit.AssertQuiet();
    }

    [Fact]
    public async Task On_a_narrow_screen_a_timeline_writes_no_more_times_than_have_room()
    {
        await using var site = await FakeSite.StartAsync();
        var id = site.Workflows.Add(Diamond.Definition);
        var start = FakeWorkflows.Start;
        site.Workflows.Move(id, start, ("preprocess", JobStatus.Completed, null));
        site.Timeline = new TimelineView(1, start, start.AddMinutes(3), 1, [new(new JobId(1), "preprocess", "preprocess", 1, "n1", start, start, start.AddMinutes(3), OutcomeKind.Exit, 0)]);
        var visit = await Visit.StartAsync(chromium, site.Address);
        var timeline = visit.Page.Locator("[data-testid=timeline-view][data-times]");

        await visit.GoAsync($"/workflows/{id}/timeline");
        await Assertions.Expect(timeline).ToHaveAttributeAsync("data-times", "0 s, 30 s, 1 min, 1 min 30 s, 2 min, 2 min 30 s, 3 min");
        await visit.Page.SetViewportSizeAsync(360, 900);

        await Assertions.Expect(timeline).ToHaveAttributeAsync("data-times", "0 s, 1 min, 2 min, 3 min");
        await visit.KeepPictureAsync("timeline-narrow");
        visit.AssertQuiet();
    }
}
