using System.Net;
using System.Net.Http.Headers;
using Microsoft.Playwright;
using Torc.Shared.Jobs;
using Torc.Tests.Support;
using Xunit;
using static Torc.Shared.Jobs.JobStatus;

namespace Torc.Tests.Browser;

/// <summary>What is on every page: the bar, the command palette, the keys; and the pages beside the workflows.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ShellTests(Chromium chromium)
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow.AddSeconds(-30);

    [Fact]
    public async Task By_keyboard_alone_the_palette_leads_to_a_workflow_and_a_job_of_it_and_starts_a_run()
    {
        await using var site = await FakeSite.StartAsync();
        for (int number = 1; number <= 30; number++)
        {
            site.Workflows.Add(Diamond.Definition with { Name = $"sweep {number}" });
        }

        var id = site.Workflows.Add(Diamond.Definition);
        var visit = await Visit.StartAsync(chromium, site.Address);
        await visit.GoAsync("/workflows");
        await Visit.AssertSoonAsync(visit.Find("workflow-row").First);
        await CountPointersAsync(visit);

        await visit.Page.Keyboard.PressAsync("Control+k");
        await Assertions.Expect(visit.Find("palette-input")).ToBeFocusedAsync();
        await Visit.AssertSoonAsync(Option(visit, "Home"));
        await Visit.AssertSoonAsync(Option(visit, "sweep 30"));
        await visit.KeepPictureAsync("palette-empty");
        await visit.Page.Keyboard.TypeAsync("swee");
        await Visit.AssertSoonAsync(Option(visit, "sweep 11"));
        Assert.Equal(20, await visit.Find("palette-option").CountAsync());
        await visit.Page.Keyboard.PressAsync("Control+a");
        // Faster than any answer.
        await visit.Page.Keyboard.TypeAsync("diamond\n");
        await Visit.AssertSoonAsync(visit.Job("work1", "uninitialized"));
        await Assertions.Expect(visit.Find("palette")).ToBeHiddenAsync();
        Assert.EndsWith($"/workflows/{id}", visit.Page.Url, StringComparison.Ordinal);
        await AssertFocusAsync(visit);

        await visit.Page.Keyboard.PressAsync("Control+k");
        await Visit.AssertSoonAsync(Option(visit, "Run"));
        await Visit.AssertSoonAsync(Option(visit, "Timeline"));
        await visit.Page.Keyboard.TypeAsync("run");
        await visit.KeepPictureAsync("palette-workflow");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Visit.AssertSoonAsync(visit.Job("preprocess", "running"));

        await visit.Page.Keyboard.PressAsync("Control+k");
        await visit.Page.Keyboard.TypeAsync("post");
        await Visit.AssertSoonAsync(Option(visit, "postprocess"));
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.ArriveAsync($"/workflows/{id}/jobs/postprocess");

        Assert.Equal(0, await visit.Page.EvaluateAsync<int>("globalThis.pointers"));
        visit.AssertQuiet();
    }

    [Fact]
    public async Task The_palette_is_a_dialog_with_a_combobox_that_keeps_the_focus_and_gives_it_back()
    {
        await using var site = await FakeSite.StartAsync();
        site.Workflows.Add(Diamond.Definition);
        var visit = await Visit.StartAsync(chromium, site.Address);
        await visit.GoAsync("/workflows");
        await visit.Find("workflow-row").FocusAsync();

        await visit.Page.Keyboard.PressAsync("Control+k");
        var field = visit.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Combobox);
        await Assertions.Expect(field).ToBeFocusedAsync();
        await Visit.AssertSoonAsync(Option(visit, "diamond"));
        await visit.Page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(field).ToBeFocusedAsync();
        string? first = await field.GetAttributeAsync("aria-activedescendant");
        await visit.Page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(field).Not.ToHaveAttributeAsync("aria-activedescendant", first!);
        var chosen = visit.Page.Locator("[data-testid=palette-option][aria-selected=true]");
        Assert.Equal(await chosen.GetAttributeAsync("id"), await field.GetAttributeAsync("aria-activedescendant"));
        await visit.Page.Keyboard.PressAsync("ArrowUp");
        await visit.Page.Keyboard.PressAsync("ArrowUp");
        Assert.Equal(await visit.Find("palette-option").Last.GetAttributeAsync("id"), await field.GetAttributeAsync("aria-activedescendant"));
        await visit.Page.Keyboard.TypeAsync("nothing is called so");
        await Visit.AssertSoonAsync(visit.Find("palette-none"));
        await Assertions.Expect(field).Not.ToHaveAttributeAsync("aria-activedescendant", "torc-palette-option-0");
        await visit.Page.Keyboard.PressAsync("Escape");

        await Assertions.Expect(visit.Find("palette")).ToBeHiddenAsync();
        await Assertions.Expect(visit.Find("workflow-row")).ToBeFocusedAsync();
        visit.AssertQuiet();
    }

    [Fact]
    public async Task Keys_go_to_pages_tabs_and_rows_and_do_nothing_while_somebody_types()
    {
        await using var site = await FakeSite.StartAsync();
        var first = site.Workflows.Add(Diamond.Definition);
        site.Workflows.Add(Diamond.Definition with { Name = "second" });
        var visit = await Visit.StartAsync(chromium, site.Address);
        await visit.GoAsync("/");
        await Visit.AssertSoonAsync(visit.Find("none-running"));

        await visit.Page.Keyboard.TypeAsync("gn");
        await Visit.AssertSoonAsync(visit.Find("node-row").First);
        await visit.Page.Keyboard.TypeAsync("ga");
        await Visit.AssertSoonAsync(visit.Find("no-events"));
        await visit.Find("event-type").FocusAsync();
        await visit.Page.Keyboard.TypeAsync("gw?");
        Assert.Equal("gw?", await visit.Find("event-type").InputValueAsync());
        Assert.EndsWith("/activity", visit.Page.Url, StringComparison.Ordinal);
        await Assertions.Expect(visit.Find("keys-sheet")).ToBeHiddenAsync();
        await visit.Find("event-type").FillAsync("");
        await visit.Find("event-type").BlurAsync();

        await visit.Page.Keyboard.TypeAsync("gw");
        await Visit.AssertSoonAsync(visit.Find("workflow-row").Nth(1));
        await visit.Page.Keyboard.TypeAsync("jj");
        await Assertions.Expect(visit.Page.Locator("[data-testid=workflow-row][data-workflow='1']")).ToBeFocusedAsync();
        await visit.Page.Keyboard.TypeAsync("k");
        await Assertions.Expect(visit.Page.Locator("[data-testid=workflow-row][data-workflow='2']")).ToBeFocusedAsync();
        await visit.Page.Keyboard.TypeAsync("j");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.ArriveAsync($"/workflows/{first}");
        await Visit.AssertSoonAsync(visit.Find("job-node").First);
        await AssertFocusAsync(visit);
        await visit.Page.Keyboard.TypeAsync("]");
        await visit.ArriveAsync($"/workflows/{first}/jobs");
        await visit.Page.Keyboard.TypeAsync("[");
        await visit.ArriveAsync($"/workflows/{first}");
        await Visit.AssertSoonAsync(visit.Find("job-node").First);
        visit.AssertQuiet();
    }

    [Fact]
    public async Task A_page_that_has_come_takes_the_focus_and_never_from_what_somebody_uses_on_it()
    {
        await using var site = await FakeSite.StartAsync();
        var visit = await Visit.StartAsync(chromium, site.Address);
        await visit.GoAsync("/");
        await Visit.AssertSoonAsync(visit.Page.GetByRole(AriaRole.Heading).First);

        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Activity" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Activity" })).ToBeFocusedAsync();
        await visit.Find("event-type").FocusAsync();
        // As it comes from a server that is busy.
        await visit.Page.EvaluateAsync("async () => (await import(new URL('js/arrival.js', document.baseURI))).arrive()");

        await Assertions.Expect(visit.Find("event-type")).ToBeFocusedAsync();
        visit.AssertQuiet();
    }

    [Fact]
    public async Task The_sheet_of_keys_shows_those_of_the_page()
    {
        await using var site = await FakeSite.StartAsync();
        var id = site.Workflows.Add(Diamond.Definition);
        var visit = await Visit.StartAsync(chromium, site.Address);
        await visit.GoAsync($"/workflows/{id}");
        await Visit.AssertSoonAsync(visit.Find("job-node").First);

        await visit.Page.Keyboard.TypeAsync("?");
        await Visit.AssertSoonAsync(visit.Find("keys-sheet"));
        await Assertions.Expect(Keys(visit, "workflow")).ToBeVisibleAsync();
        await Assertions.Expect(Keys(visit, "graph")).ToBeVisibleAsync();
        await Assertions.Expect(Keys(visit, "log")).ToBeHiddenAsync();
        await visit.KeepPictureAsync("keys");
        await visit.Page.Keyboard.TypeAsync("?");
        await Assertions.Expect(visit.Find("keys-sheet")).ToBeHiddenAsync();

        await visit.Page.Keyboard.TypeAsync("gn");
        await Visit.AssertSoonAsync(visit.Find("node-row").First);
        await visit.Page.Keyboard.TypeAsync("?");
        await Assertions.Expect(Keys(visit, "workflow")).ToBeHiddenAsync();
        await Assertions.Expect(Keys(visit, "list")).ToBeVisibleAsync();
        await visit.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(visit.Find("keys-sheet")).ToBeHiddenAsync();
        visit.AssertQuiet();
    }

    [Fact]
    public async Task Theme_and_zone_hold_at_once_and_after_a_reload()
    {
        await using var site = await FakeSite.StartAsync();
        var visit = await Visit.StartAsync(chromium, site.Address);
        await visit.GoAsync("/settings");
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-testid=settings][data-ready]"));
        await Assertions.Expect(visit.Find("zone-preview")).ToContainTextAsync(Zone("Europe/Vienna", "CET", "CEST"));

        await visit.Page.GetByLabel("Dark", new PageGetByLabelOptions { Exact = true }).CheckAsync();
        await Assertions.Expect(visit.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await visit.Page.GetByLabel("In UTC").CheckAsync();
        await Assertions.Expect(visit.Find("zone-preview")).ToContainTextAsync(" UTC");
        await visit.Page.GetByLabel("In another zone").CheckAsync();
        await visit.Find("zone-name").FillAsync("Mars/Olympus");
        await visit.Find("zone-name").PressAsync("Enter");
        await Assertions.Expect(visit.Find("settings-said")).ToContainTextAsync("“Mars/Olympus” is no time zone");
        await visit.Find("zone-name").FillAsync("America/Denver");
        await visit.Find("zone-name").PressAsync("Enter");
        await Assertions.Expect(visit.Find("settings-said")).ToHaveTextAsync("");
        await Assertions.Expect(visit.Find("zone-preview")).ToContainTextAsync(Zone("America/Denver", "MST", "MDT"));
        await visit.KeepPictureAsync("settings-dark-1400");

        await visit.GoAsync("/settings");
        Assert.Equal("dark", await visit.Page.Locator("html").GetAttributeAsync("data-theme"));
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-testid=settings][data-ready]"));
        Assert.True(await visit.Page.GetByLabel("Dark", new PageGetByLabelOptions { Exact = true }).IsCheckedAsync());
        Assert.Equal("America/Denver", await visit.Find("zone-name").InputValueAsync());
        await Assertions.Expect(visit.Find("zone-preview")).ToContainTextAsync(Zone("America/Denver", "MST", "MDT"));
        visit.AssertQuiet();
    }

    [Fact]
    public async Task A_mistyped_address_shows_where_else_to_go_and_tells_programs_that_nothing_is_there()
    {
        await using var site = await FakeSite.StartAsync();
        var visit = await Visit.StartAsync(chromium, site.Address);

        var answer = await visit.Page.GotoAsync(new Uri(site.Address, "/workfolws/12").ToString());
        Assert.Equal(404, answer!.Status);
        await Visit.AssertSoonAsync(visit.Find("not-found"));
        await Assertions.Expect(visit.Find("not-found")).ToContainTextAsync("/workfolws/12");
        await visit.KeepPictureAsync("not-found");
        await visit.Find("search-instead").ClickAsync();
        await Assertions.Expect(visit.Find("palette-input")).ToBeFocusedAsync();

        using var http = new HttpClient { BaseAddress = site.Address };
        http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using var told = await http.GetAsync("/workfolws/12", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, told.StatusCode);
        Assert.Equal("", await told.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [MemberData(nameof(Looks.All), MemberType = typeof(Looks))]
    public async Task Every_page_fits_its_window(bool dark, int width)
    {
        await using var site = await FakeSite.StartAsync();
        var id = site.Workflows.Add(Diamond.Definition with { Name = "wind-2026-calibration-sweep" });
        site.Workflows.Move(id, Now, ("preprocess", Completed, null), ("work1", Running, null), ("work2", Running, null));
        site.Events.Post(id, "torc.run.started", """{"by": "jdoe", "jobs": 4}""");
        site.Events.Post(id, "torc.job.completed", job: "preprocess");
        site.Events.Post(new WorkflowId(2), "checkpoint", """{"loss": 0.25, "phase": "train"}""", "train");
        var visit = await Visit.StartAsync(chromium, site.Address, dark, width);

        foreach (var (path, there) in new[] { ("", "running"), ("activity", "event-row"), ("settings", "settings"), ("help", "help"), ("nowhere", "not-found") })
        {
            if (path == "nowhere")
            {
                await visit.Page.GotoAsync(new Uri(site.Address, path).ToString());
            }
            else
            {
                await visit.GoAsync($"/{path}");
            }

            await Visit.AssertSoonAsync(visit.Find(there).First);
            await visit.KeepPictureAsync($"shell-{(path.Length == 0 ? "home" : path)}-{(dark ? "dark" : "light")}-{width}");
            Assert.Equal(width, await visit.Page.EvaluateAsync<int>("Math.max(document.documentElement.scrollWidth, document.querySelector('.torc-appbar').scrollWidth)"));
            foreach (string action in new[] { "open-palette", "open-help", "open-settings" })
            {
                await Assertions.Expect(visit.Find(action)).ToBeInViewportAsync();
            }
        }

        await visit.Find("open-palette").ClickAsync();
        await visit.Page.Keyboard.TypeAsync("w");
        await Visit.AssertSoonAsync(Option(visit, "wind-2026-calibration-sweep"));
        await visit.KeepPictureAsync($"shell-palette-{(dark ? "dark" : "light")}-{width}");
    }

    private static string Zone(string zone, string winter, string summer) =>
        $" {(TimeZoneInfo.FindSystemTimeZoneById(zone).IsDaylightSavingTime(DateTimeOffset.UtcNow) ? summer : winter)}";

    private static ILocator Option(Visit visit, string name) => visit.Page.Locator($"[data-testid=palette-option][data-name='{name}']");

    private static ILocator Keys(Visit visit, string place) => visit.Find("keys-sheet").Locator($"[data-place={place}]");

    private static Task CountPointersAsync(Visit visit) => visit.Page.EvaluateAsync(
        "globalThis.pointers = 0; for (const name of ['pointerdown', 'mousedown', 'touchstart']) { addEventListener(name, () => globalThis.pointers++, { capture: true }); }");

    // A page where nothing has the focus leaves whoever uses the keyboard at its beginning.
    private static async Task AssertFocusAsync(Visit visit) =>
        await visit.Page.WaitForFunctionAsync("() => document.activeElement && document.activeElement !== document.body");
}
