using System.Text.Json;
using Microsoft.Playwright;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Reruns;
using Torc.Tests.EndToEnd;
using Torc.Tests.Support;
using Xunit;
using static Torc.Tests.Support.FakeReruns;

namespace Torc.Tests.Browser;

/// <summary>What a person reads before jobs run again, and what it takes to get there and back.</summary>
[Collection(BrowserCollection.Name)]
public sealed class RerunTests(Chromium chromium)
{
    private const string Spec = """
        name: diamond
        jobs:
          - {name: preprocess, command: "echo 1 > f1.txt; echo 2 > f2.txt", output_files: [f1, f2]}
          - {name: work1, command: "cp f1.txt f3.txt", input_files: [f1], output_files: [f3]}
          - {name: work2, command: "test -e mended && cp f2.txt f4.txt", input_files: [f2], output_files: [f4]}
          - {name: postprocess, command: "cat f3.txt f4.txt > f5.txt", input_files: [f3, f4], output_files: [f5]}
        files: [{name: f1, path: f1.txt}, {name: f2, path: f2.txt}, {name: f3, path: f3.txt}, {name: f4, path: f4.txt}, {name: f5, path: f5.txt}]
        """;

    /// <summary>work2 holds more than it may, for as long as it takes to be seen.</summary>
    private const string Greedy = """
        name: diamond
        jobs:
          - {name: preprocess, command: "echo 1 > f1.txt; echo 2 > f2.txt", output_files: [f1, f2]}
          - {name: work1, command: "cp f1.txt f3.txt", input_files: [f1], output_files: [f3]}
          - name: work2
            command: "head -c 60m /dev/zero | tail -c 48m | sleep 2; cp f2.txt f4.txt"
            input_files: [f2]
            output_files: [f4]
            resource_requirements: {num_cpus: 1, memory: 40m, runtime: PT5M}   # far too little
          - {name: postprocess, command: "cat f3.txt f4.txt > f5.txt", input_files: [f3, f4], output_files: [f5]}
        files: [{name: f1, path: f1.txt}, {name: f2, path: f2.txt}, {name: f3, path: f3.txt}, {name: f4, path: f4.txt}, {name: f5, path: f5.txt}]
        """;

    [Fact]
    public async Task A_failed_diamond_is_rerun_from_the_plan_to_its_end_without_a_reload()
    {
        await using var site = await Site.StartAsync(cpus: 2);
        var id = await site.RunAsync(Spec);
        await site.EndAsync(id);
        var visit = await Visit.StartAsync(chromium, site.Http.BaseAddress!);
        await visit.GoAsync($"/workflows/{id}");
        int navigations = visit.Navigations;

        await visit.Find("rerun").ClickAsync();
        await Visit.AssertSoonAsync(Rows(visit, "run").First);
        Assert.Equal(["work2 FAILED_EXIT", "postprocess NEVER_RAN"], await ReasonsAsync(Rows(visit, "run")));
        Assert.Equal(["preprocess UP_TO_DATE", "work1 UP_TO_DATE"], await ReasonsAsync(Rows(visit, "keep")));
        Assert.Equal("f4, f5 will be written · f1, f2, f3 kept · nothing deleted", await visit.Find("rerun-files").TextContentAsync());
        await File.WriteAllTextAsync(Path.Combine(site.Work, "mended"), "", TestContext.Current.CancellationToken);
        await visit.Find("rerun-confirm").ClickAsync();

        await Assertions.Expect(visit.Page.Locator("[data-testid=job-node][data-status=completed]"))
            .ToHaveCountAsync(4, new LocatorAssertionsToHaveCountOptions { Timeout = (float)Site.Patience.TotalMilliseconds });
        await Visit.AssertSoonAsync(visit.Page.GetByText("run #2", new PageGetByTextOptions { Exact = true }));
        Assert.Equal(navigations, visit.Navigations);
        var jobs = await site.JobsAsync(id);
        Assert.Equal([1, 1, 2, 1], jobs.Select(job => job.Attempt));
        visit.AssertQuiet();
    }

    [Fact]
    public async Task A_job_out_of_memory_takes_the_suggested_amount_and_the_spec_changes_by_that_line_alone()
    {
        await using var site = await Site.StartAsync(cpus: 2);
        var id = await site.RunAsync(Greedy);
        await site.EndAsync(id);
        var f2 = new FileInfo(Path.Combine(site.Work, "f2.txt"));
        var visit = await Visit.StartAsync(chromium, site.Http.BaseAddress!);
        await visit.GoAsync($"/workflows/{id}");
        int navigations = visit.Navigations;

        await visit.Find("rerun").ClickAsync();
        await Visit.AssertSoonAsync(Rows(visit, "run").First);
        Assert.Equal(["work2 FAILED_OOM", "postprocess NEVER_RAN"], await ReasonsAsync(Rows(visit, "run")));
        await visit.Find("rerun-raise").ClickAsync();
        await Visit.AssertSoonAsync(visit.Find("rerun-spec"));
        Assert.Equal(2, await visit.Find("rerun-spec-line").CountAsync());
        await Assertions.Expect(visit.Find("rerun-was")).ToHaveTextAsync("(was 40 MiB)");
        await visit.Find("rerun-confirm").ClickAsync();

        await Assertions.Expect(visit.Page.Locator("[data-testid=job-node][data-status=completed]"))
            .ToHaveCountAsync(4, new LocatorAssertionsToHaveCountOptions { Timeout = (float)Site.Patience.TotalMilliseconds });
        await Assertions.Expect(visit.Find("spec-version")).ToHaveTextAsync("v2");
        Assert.Equal(navigations, visit.Navigations);
        Assert.Equal([1, 1, 2, 1], (await site.JobsAsync(id)).Select(job => job.Attempt));
        Assert.Equal((f2.Length, f2.LastWriteTimeUtc), (new FileInfo(f2.FullName).Length, new FileInfo(f2.FullName).LastWriteTimeUtc));
        string[] now = (await site.Http.GetStringAsync($"/api/v1/workflows/{id}/spec", TestContext.Current.CancellationToken)).Split('\n');
        Assert.Equal(1, now.Zip(Greedy.Split('\n')).Count(line => line.First != line.Second));
        visit.AssertQuiet();
    }

    [Fact]
    public async Task A_touched_a_changed_and_a_missing_file_are_told_apart_and_the_command_line_says_the_same()
    {
        await using var site = await Site.StartAsync(cpus: 2);
        string inputs = Path.Combine(site.Work, "inputs.json");
        await File.WriteAllTextAsync(inputs, """{"n": 42}""", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(site.Work, "mended"), "", TestContext.Current.CancellationToken);
        var id = await site.RunAsync(Spec
            .Replace("output_files: [f1, f2]", "input_files: [inputs], output_files: [f1, f2]", StringComparison.Ordinal)
            .Replace("files: [{", "files: [{name: inputs, path: inputs.json}, {", StringComparison.Ordinal));
        await site.EndAsync(id);
        var visit = await Visit.StartAsync(chromium, site.Http.BaseAddress!);
        await visit.GoAsync($"/workflows/{id}");

        File.SetLastWriteTimeUtc(inputs, DateTime.UtcNow);
        await visit.Find("rerun").ClickAsync();
        await Visit.AssertSoonAsync(visit.Find("rerun-nothing"));
        await Assertions.Expect(visit.Find("rerun-confirm")).ToBeDisabledAsync();
        await SameAsync();

        await visit.Find("rerun-cancel").ClickAsync();
        await File.WriteAllTextAsync(inputs, """{"n": 43}""", TestContext.Current.CancellationToken);
        await visit.Find("rerun").ClickAsync();
        await Assertions.Expect(Rows(visit, "run")).ToHaveCountAsync(4);
        await SameAsync("preprocess INPUT_CHANGED", "work1 UPSTREAM_RERUNS", "work2 UPSTREAM_RERUNS", "postprocess UPSTREAM_RERUNS");

        await visit.Find("rerun-cancel").ClickAsync();
        await File.WriteAllTextAsync(inputs, """{"n": 42}""", TestContext.Current.CancellationToken);
        File.Delete(Path.Combine(site.Work, "f4.txt"));
        await visit.Find("rerun").ClickAsync();
        await Assertions.Expect(Rows(visit, "run")).ToHaveCountAsync(2);
        await SameAsync("work2 OUTPUT_MISSING", "postprocess UPSTREAM_RERUNS");

        await visit.Find("rerun-cancel").ClickAsync();
        Assert.Equal(1, (await site.EndAsync(id)).Run);
        visit.AssertQuiet();

        async Task SameAsync(params IReadOnlyList<string> runs)
        {
            Assert.Equal(runs, await ReasonsAsync(Rows(visit, "run")));
            var (exitCode, output) = await site.TorcAsync("rerun", id.ToString(), "--changed", "--dry-run", "--json");
            Assert.True(exitCode == 0, output);
            var plan = JsonSerializer.Deserialize(output, TorcJson.Default.RerunPlanView)!;
            Assert.Equal(runs, plan.Jobs.Where(job => job.Action == PlannedAction.Run).Select(job => $"{job.Name} {JsonNamingPolicy.SnakeCaseUpper.ConvertName(job.Reasons[0].Code.ToString())}"));
        }
    }

    [Theory]
    [MemberData(nameof(Looks.All), MemberType = typeof(Looks))]
    public async Task What_jobs_ask_for_is_changed_at_any_width_in_both_themes(bool dark, int width)
    {
        await using var site = await FakeSite.StartAsync();
        var id = Fail(site);
        site.Reruns.Plan = request => request.Set is [{ Memory: { } memory }] ? Raised("9c01d4e8f600", memory) : Of("7f3a90b25c11", request.Scope, [FailedDiamond[0], FailedDiamond[1], TooSmall, FailedDiamond[3]]);
        var visit = await Visit.StartAsync(chromium, site.Address, dark, width);
        string look = $"{(dark ? "dark" : "light")}-{width}";
        await visit.GoAsync($"/workflows/{id}");
        await visit.Find("rerun").ClickAsync();
        await Visit.AssertSoonAsync(visit.Find("rerun-raise"));
        await visit.KeepPictureAsync($"needs-suggested-{look}");

        // The dialog takes the focus when it is open, and would take it from the button.
        await visit.Page.WaitForFunctionAsync("() => document.querySelector('.mud-dialog').contains(document.activeElement)");
        await visit.Find("rerun-raise").FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await Visit.AssertSoonAsync(visit.Find("rerun-spec"));
        Assert.Equal("rerun-raise", await visit.Page.EvaluateAsync<string>("() => document.activeElement.dataset.testid"));
        await visit.KeepPictureAsync($"needs-taken-{look}");

        await Rows(visit, "run").First.GetByTestId("rerun-edit").ClickAsync();
        await visit.Find("rerun-memory").FillAsync("450");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Visit.AssertSoonAsync(visit.Find("rerun-edit-problem"));
        await visit.KeepPictureAsync($"needs-typed-{look}");
        Assert.True(await visit.Page.EvaluateAsync<bool>("() => document.querySelector('.mud-dialog-content').scrollWidth <= document.querySelector('.mud-dialog-content').clientWidth"), "nothing is cut off at the side");
        visit.AssertQuiet();
    }

    [Theory]
    [MemberData(nameof(Looks.All), MemberType = typeof(Looks))]
    public async Task The_plan_is_read_at_any_width_in_both_themes(bool dark, int width)
    {
        await using var site = await FakeSite.StartAsync();
        var id = Fail(site);
        site.Reruns.Plan = request => request.Scope == RerunScope.Changed
            ? Of("5d20c1e80a47", request.Scope, Changed, "f3 could not be checked: no node is connected that could look")
            : Of("7f3a90b25c11", request.Scope, FailedDiamond);
        var visit = await Visit.StartAsync(chromium, site.Address, dark, width);
        string look = $"{(dark ? "dark" : "light")}-{width}";
        await visit.GoAsync($"/workflows/{id}");
        await Visit.AssertSoonAsync(visit.Find("rerun"));
        await visit.KeepPictureAsync($"rerun-page-{look}");

        await visit.Find("rerun").ClickAsync();
        await Visit.AssertSoonAsync(Rows(visit, "run").First);
        await Visit.AssertSoonAsync(visit.Find("rerun-confirm"));
        await visit.KeepPictureAsync($"rerun-failed-{look}");

        await visit.Find("rerun-scope").Locator("input[value=changed]").ClickAsync();
        await Visit.AssertSoonAsync(visit.Find("rerun-warning"));
        foreach (var toggle in await visit.Page.Locator("[data-action=run] [data-testid=rerun-evidence-toggle]").AllAsync())
        {
            await toggle.ClickAsync();
        }

        await Assertions.Expect(visit.Find("rerun-evidence")).ToHaveCountAsync(3);
        await visit.Find("rerun-kept").Locator("summary").ClickAsync();
        await visit.KeepPictureAsync($"rerun-changed-{look}");
        Assert.True(await visit.Page.EvaluateAsync<bool>("() => document.querySelector('.mud-dialog-content').scrollWidth <= document.querySelector('.mud-dialog-content').clientWidth"), "nothing is cut off at the side");
        await visit.Find("rerun-files").ScrollIntoViewIfNeededAsync();
        await visit.KeepPictureAsync($"rerun-changed-end-{look}");

        site.Reruns.Plan = request => Of("9c01d4e8f600", request.Scope, request.Scope == RerunScope.Changed ? [.. Changed.SkipLast(2), FailedDiamond[3], Changed[^1]] : UpToDate);
        await visit.Find("rerun-confirm").ClickAsync();
        await Visit.AssertSoonAsync(visit.Find("rerun-news"));
        await visit.Find("rerun-copy").ClickAsync();
        await Visit.AssertSoonAsync(visit.Find("rerun-cli"));
        await visit.Find("rerun-news").ScrollIntoViewIfNeededAsync();
        await visit.KeepPictureAsync($"rerun-other-{look}");
        await visit.Find("rerun-scope").Locator("input[value=failed]").ClickAsync();
        await Visit.AssertSoonAsync(visit.Find("rerun-nothing"));
        Assert.True(await visit.Find("rerun-confirm").IsDisabledAsync());
        await visit.KeepPictureAsync($"rerun-nothing-{look}");
        visit.AssertQuiet();
    }

    [Theory]
    [MemberData(nameof(Looks.All), MemberType = typeof(Looks))]
    public async Task Runs_are_listed_and_compared_at_an_address_that_gives_the_same_view_again(bool dark, int width)
    {
        await using var site = await FakeSite.StartAsync();
        var id = Fail(site);
        var visit = await Visit.StartAsync(chromium, site.Address, dark, width);
        await visit.GoAsync($"/workflows/{id}");
        await visit.Find("view-runs").ClickAsync();
        await visit.Find("run-compare").ClickAsync();
        await Visit.AssertSoonAsync(visit.Find("comparison"));

        await visit.GoAsync(new Uri(visit.Page.Url).PathAndQuery);
        await Visit.AssertSoonAsync(visit.Find("comparison"));
        await Assertions.Expect(visit.Find("comparison-row")).ToHaveCountAsync(2);
        await visit.KeepPictureAsync($"runs-{(dark ? "dark" : "light")}-{width}");
        visit.AssertQuiet();
    }

    [Fact]
    public async Task A_plan_of_a_hundred_thousand_jobs_is_searched_and_downloaded_while_few_of_them_are_drawn()
    {
        await using var site = await FakeSite.StartAsync();
        var id = Fail(site);
        var many = Enumerable.Range(0, 100_000).Select(index => FailedDiamond[index % 4] with { Id = new JobId(index), Name = $"work{index}" }).ToList();
        site.Reruns.Plan = request => Of("7f3a90b25c11", request.Scope, many);
        var visit = await Visit.StartAsync(chromium, site.Address);
        await visit.GoAsync($"/workflows/{id}");
        await visit.Find("rerun").ClickAsync();
        await Visit.AssertSoonAsync(visit.Find("rerun-search"));
        await visit.KeepPictureAsync("rerun-many");

        await visit.Find("rerun-search").FillAsync("work9999");
        await Assertions.Expect(visit.Find("rerun-found")).ToHaveTextAsync("7 that run, 4 that are kept");
        Assert.InRange(await visit.Page.GetByTestId("rerun-plan-row").CountAsync(), 11, 11);
        await visit.KeepPictureAsync("rerun-many-found");
        var download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Find("rerun-csv").ClickAsync());
        Assert.Equal("plan-7f3a90b25c11.csv", download.SuggestedFilename);
        string[] lines = await File.ReadAllLinesAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        Assert.Equal(100_001, lines.Length);
        Assert.StartsWith("work99998,run,FAILED_OOM,", lines[99_999], StringComparison.Ordinal);
        visit.AssertQuiet();
    }

    [Fact]
    public async Task The_dialog_is_opened_read_and_left_by_keyboard()
    {
        await using var site = await FakeSite.StartAsync();
        var id = Fail(site);
        var visit = await Visit.StartAsync(chromium, site.Address);
        await visit.GoAsync($"/workflows/{id}?job=work2");
        await Visit.AssertSoonAsync(visit.Find("inspector-rerun"));
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-testid=graph][data-ready]"));

        await visit.Find("rerun").FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await Visit.AssertSoonAsync(Rows(visit, "run").First);
        await visit.Page.WaitForFunctionAsync("() => document.querySelector('.mud-dialog').contains(document.activeElement)");
        await visit.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(visit.Find("rerun-dialog")).ToHaveCountAsync(0);
        await visit.Page.WaitForFunctionAsync("() => document.activeElement?.dataset.testid === 'rerun'");

        await visit.Job("work1", "completed").FocusAsync();
        await visit.Page.Keyboard.PressAsync("r");
        await Visit.AssertSoonAsync(Rows(visit, "run").First);
        Assert.Equal("selected_and_downstream", await visit.Find("rerun-scope").GetAttributeAsync("data-scope"));
        await visit.Page.Keyboard.PressAsync("Escape");
        await visit.Page.WaitForFunctionAsync("() => document.activeElement?.dataset.job === 'work1'");
        visit.AssertQuiet();
    }

    [Fact]
    public async Task Whoever_confirms_by_keyboard_is_at_the_button_that_stops_the_new_run()
    {
        await using var site = await FakeSite.StartAsync();
        var id = Fail(site);
        var visit = await Visit.StartAsync(chromium, site.Address);
        await visit.GoAsync($"/workflows/{id}");
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-testid=graph][data-ready]"));

        await visit.Find("rerun").FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await Visit.AssertSoonAsync(Rows(visit, "run").First);
        await visit.Page.Keyboard.PressAsync("Control+Enter");

        await Visit.AssertSoonAsync(visit.Job("work2", "blocked"));
        await visit.Page.WaitForFunctionAsync("() => document.activeElement?.dataset.testid === 'stop'");
        Assert.Equal("7f3a", site.Reruns.Confirmed!.PlanId);
        visit.AssertQuiet();
    }

    private static IReadOnlyList<PlannedJobView> Changed { get; } =
    [
        Job(0, PlannedAction.Run, Why(ReasonCode.InputChanged, "Input inputs changed", "inputs", "11 bytes, xxh128:9f2c1b0de4a87c5566f0b1a2c3d4e5f6", "12 bytes, xxh128:01ab77c0de9944e1c2d3f4a5b6978812")),
        Job(1, PlannedAction.MayRun, Why(ReasonCode.UpstreamReruns, "preprocess reruns and produces f1", "preprocess")),
        Job(
            2,
            PlannedAction.Run,
            Why(ReasonCode.CommandChanged, "Command changed", null, "sh work.sh f2.json f4.json 200 20", "sh work.sh f2.json f4.json 300 20 --seed 4711"),
            Why(ReasonCode.DependenciesChanged, "Reads other files: +f1.json", null, "f2.json", "f1.json, f2.json"),
            Why(ReasonCode.UpstreamReruns, "preprocess reruns and produces f2", "preprocess")),
        Job(3, PlannedAction.Run, Why(ReasonCode.UpstreamReruns, "work1 may rerun", "work1"), Why(ReasonCode.UpstreamReruns, "work2 reruns and produces f4", "work2")),
        Job(3, PlannedAction.Keep, Why(ReasonCode.TouchedSame, "config was touched, the content is the same", "config")) with { Id = new JobId(7), Name = "report-of-the-whole-campaign-2026" },
    ];

    private static IReadOnlyList<PlannedJobView> UpToDate { get; } = [.. Enumerable.Range(0, 4).Select(job => Job(job, PlannedAction.Keep, Why(ReasonCode.UpToDate, "Up to date")))];

    private static WorkflowId Fail(FakeSite site)
    {
        var id = site.Workflows.Add(Diamond.Definition);
        var start = DateTimeOffset.UtcNow.AddMinutes(-3);
        site.Workflows.Move(id, start, ("preprocess", JobStatus.Running, null));
        site.Workflows.Move(id, start.AddSeconds(3), ("preprocess", JobStatus.Completed, null), ("work1", JobStatus.Running, null), ("work2", JobStatus.Running, null));
        site.Workflows.Move(
            id, start.AddSeconds(23), ("work1", JobStatus.Completed, null), ("work2", JobStatus.Failed, "Out of memory: used 299 MiB of 200 MiB"), ("postprocess", JobStatus.Canceled, "Cancelled because work2 failed."));
        return id;
    }

    private static ILocator Rows(Visit visit, string action) => visit.Page.Locator($"[data-testid=rerun-dialog] [data-testid=rerun-plan-row][data-action={action}]");

    private static async Task<IReadOnlyList<string>> ReasonsAsync(ILocator rows) =>
        await rows.EvaluateAllAsync<string[]>("rows => rows.map(row => `${row.dataset.job} ${row.dataset.reason}`)");
}
