using System.Globalization;
using Microsoft.Playwright;
using Torc.Shared.Jobs;
using Torc.Tests.Support;
using Torc.Web.Editor;
using Xunit;

namespace Torc.Tests.Browser;

/// <summary>What pointers and fingers do on the canvas, and what comes of it in the text.</summary>
[Collection(BrowserCollection.Name)]
public sealed class EditorGestureTests(Chromium chromium)
{
    private const string Text = """
        name: small
        jobs:
          - name: a # makes f
            command: echo 1 > ${files.output.f}
          - name: b
            command: cat ${files.input.f}
            resource_requirements: medium
          - name: c
            command: "true"
        files:
          - {name: f, path: f.txt}
        resource_requirements:
          - {name: medium, num_cpus: 1, memory: 512m}
        failure_handlers:
          - {name: again, rules: [{match_all_exit_codes: true}]}

        """;

    [Fact]
    public async Task Classes_and_failure_handlers_are_dragged_onto_a_job()
    {
        await using var site = await FakeSite.StartAsync();
        var visit = await chromium.OpenDraftAsync(site, Text);

        await DropAsync(visit, visit.Find("piece-class").First, visit.Page.Locator("[data-key='job/c'] .torc-box"));
        await visit.TextSaysAsync("command: \"true\"\n    resource_requirements: medium\n");
        await DropAsync(visit, visit.Find("piece-handler"), visit.Page.Locator("[data-key='job/c'] .torc-box"));
        await visit.TextSaysAsync("    failure_handler: again\n");

        // Put down where no job lies and none is selected, it says what is missing.
        await visit.Page.Keyboard.PressAsync("Escape");
        await DropAsync(visit, visit.Find("piece-handler"), visit.Find("canvas"), 20, 20);
        await Assertions.Expect(visit.Find("canvas-tip")).ToHaveTextAsync("Drop it on a job, or select one first.");
        visit.AssertQuiet();
    }

    [Fact]
    public async Task A_job_that_is_put_onto_a_line_goes_between()
    {
        await using var site = await FakeSite.StartAsync();
        var visit = await chromium.OpenDraftAsync(site, Text);

        await DropAsync(visit, visit.Find("piece-job"), visit.Edge("file/f", "job/b").Locator(".torc-edge"));
        await visit.Find("prompt-name").FillAsync("mid");
        await visit.Find("prompt-name").PressAsync("Enter");

        await Visit.AssertSoonAsync(visit.Thing("job/mid"));
        await Assertions.Expect(visit.Edge("file/f", "job/mid")).ToHaveCountAsync(1);
        await Assertions.Expect(visit.Edge("job/mid", "file/mid_out")).ToHaveCountAsync(1);
        await Assertions.Expect(visit.Edge("file/mid_out", "job/b")).ToHaveCountAsync(1);
        await Assertions.Expect(visit.Edge("file/f", "job/b")).ToHaveCountAsync(0);
        visit.AssertQuiet();
    }

    [Fact]
    public async Task With_Alt_a_line_between_jobs_is_order_only()
    {
        await using var site = await FakeSite.StartAsync();
        var visit = await chromium.OpenDraftAsync(site, Text);

        var port = await MiddleAsync(visit.Page.Locator("[data-key='job/a'] [data-port=out]"));
        var job = await MiddleAsync(visit.Page.Locator("[data-key='job/c'] .torc-box"));
        await visit.Page.Keyboard.DownAsync("Alt");
        await DragAsync(visit, port, job);
        await visit.Page.Keyboard.UpAsync("Alt");

        await visit.TextSaysAsync("depends_on: [a]");
        await Assertions.Expect(visit.Find("prompt")).ToHaveCountAsync(0);
        visit.AssertQuiet();
    }

    [Fact]
    public async Task What_is_written_with_several_jobs_selected_goes_to_all_of_them()
    {
        await using var site = await FakeSite.StartAsync();
        var visit = await chromium.OpenDraftAsync(site, Text);

        await visit.Page.Locator("[data-key='job/b'] .torc-node-name").ClickAsync();
        await visit.Page.Locator("[data-key='job/c'] .torc-node-name").ClickAsync(new LocatorClickOptions { Modifiers = [KeyboardModifier.Shift] });
        await Assertions.Expect(visit.Find("panel")).ToContainTextAsync("2 selected");
        await visit.Find("field-priority").FillAsync("7");
        await visit.Find("field-priority").PressAsync("Enter");

        await Waiting.UntilAsync(visit.ShownTextAsync, text => text.Split("priority: 7").Length == 3, "both have it");
        Assert.Equal("1", await visit.Page.Locator("[data-testid=steps] .torc-number").TextContentAsync());
        visit.AssertQuiet();
    }

    [Fact]
    public async Task A_file_of_the_desktop_becomes_a_file_of_its_name()
    {
        await using var site = await FakeSite.StartAsync();
        var visit = await chromium.OpenDraftAsync(site, Text);

        await visit.Find("canvas").EvaluateAsync(
            """
            canvas => {
              const dataTransfer = new DataTransfer();
              dataTransfer.items.add(new File(['1,2'], 'table.csv'));
              const box = canvas.getBoundingClientRect();
              for (const type of ['dragover', 'drop']) {
                canvas.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true, clientX: box.left + 80, clientY: box.top + 80 }));
              }
            }
            """);
        await Assertions.Expect(visit.Find("prompt-name")).ToHaveValueAsync("table");
        await visit.Find("prompt-name").PressAsync("Enter");

        await visit.TextSaysAsync("- {name: table, path: table.csv}");
        visit.AssertQuiet();
    }

    [Fact]
    public async Task Slash_adds_by_name_and_asks_what_it_is()
    {
        await using var site = await FakeSite.StartAsync();
        var visit = await chromium.OpenDraftAsync(site, Text);
        var keyboard = visit.Page.Keyboard;

        await visit.Thing("job/c").FocusAsync();
        await keyboard.PressAsync("/");
        await Assertions.Expect(visit.Find("prompt-name")).ToBeFocusedAsync();
        await keyboard.TypeAsync("results");
        await keyboard.PressAsync("Tab");
        await Assertions.Expect(visit.Find("prompt-kind")).ToBeFocusedAsync();
        await visit.Find("prompt-kind").SelectOptionAsync("File");
        await keyboard.PressAsync("Enter");

        await visit.TextSaysAsync("- {name: results, path: results}");
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-key='file/results'][data-selected]"));
        visit.AssertQuiet();
    }

    [Fact]
    public async Task A_slider_goes_through_usual_amounts_and_is_one_step()
    {
        await using var site = await FakeSite.StartAsync();
        var visit = await chromium.OpenDraftAsync(site, Text);

        await visit.Page.Locator("[data-key='job/b'] .torc-node-name").ClickAsync();
        var slider = visit.Find("slider-memory");
        await Assertions.Expect(slider).ToHaveAttributeAsync("aria-valuetext", "512m");
        await slider.FocusAsync();
        await visit.Page.Keyboard.PressAsync("ArrowRight");
        await visit.TextSaysAsync("{name: medium, num_cpus: 1, memory: 1g}");
        await visit.Page.Keyboard.PressAsync("ArrowRight");
        await visit.TextSaysAsync("{name: medium, num_cpus: 1, memory: 2g}");
        await Assertions.Expect(visit.Find("field-memory")).ToHaveValueAsync("2g");
        await visit.KeepPictureAsync("editor-slider");

        // A slider is no text: the keys of the page are heard.
        await visit.Page.Keyboard.PressAsync("Control+z");
        await visit.TextSaysAsync("{name: medium, num_cpus: 1, memory: 512m}");
        await Assertions.Expect(slider).ToHaveAttributeAsync("aria-valuetext", "512m");
        Assert.Equal("2", await slider.InputValueAsync());
        visit.AssertQuiet();
    }

    [Fact]
    public async Task Layout_moves_what_is_selected_alone()
    {
        await using var site = await FakeSite.StartAsync();
        var visit = await chromium.OpenDraftAsync(site, Text);

        await visit.Thing("job/c").FocusAsync();
        await visit.Page.Keyboard.PressAsync("Shift+ArrowDown");
        await visit.StepIsAsync("Move c");
        string place = (await visit.Thing("job/c").GetAttributeAsync("transform"))!;
        var b = visit.Thing("job/b");
        string layered = (await b.GetAttributeAsync("transform"))!;
        var from = await MiddleAsync(visit.Page.Locator("[data-key='job/b'] .torc-box"));
        await DragAsync(visit, from, (from.X - 60, from.Y + 90));
        await visit.StepIsAsync("Move b");
        Assert.NotEqual(layered, await b.GetAttributeAsync("transform"));
        foreach (string key in new[] { "job/a", "file/f", "job/b" })
        {
            await visit.Page.Locator($"[data-key='{key}'] .torc-node-name").ClickAsync(new LocatorClickOptions { Modifiers = key is "job/a" ? [] : [KeyboardModifier.Shift] });
            await Visit.AssertSoonAsync(visit.Page.Locator($"[data-key='{key}'][data-selected]"));
        }

        await visit.Find("layout").ClickAsync();

        await Assertions.Expect(b).ToHaveAttributeAsync("transform", layered);
        Assert.Equal(place, await visit.Thing("job/c").GetAttributeAsync("transform"));
        visit.AssertQuiet();
    }

    [Fact]
    public async Task The_layout_goes_with_an_export_and_comes_back_with_it()
    {
        await using var site = await FakeSite.StartAsync();
        var visit = await chromium.OpenDraftAsync(site, Text);
        await visit.Thing("job/c").FocusAsync();
        await visit.Page.Keyboard.PressAsync("Shift+ArrowDown");
        await visit.StepIsAsync("Move c");
        string place = (await visit.Thing("job/c").GetAttributeAsync("transform"))!;

        string text = await visit.Page.EvaluateAsync<string>("() => fetch('../api/v1/drafts/1/text?layout=true').then(answer => answer.text())");
        Assert.StartsWith(Text, text.Replace("\r", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("x_layout:", text, StringComparison.Ordinal);
        long copy = await site.DraftAsync(text, "copy.yaml");
        await visit.GoAsync(string.Create(CultureInfo.InvariantCulture, $"/drafts/{copy}"));

        await Assertions.Expect(visit.Thing("job/c")).ToHaveAttributeAsync("transform", place);
        await Assertions.Expect(visit.Page.Locator("[data-testid=problem][data-code=TORC101]")).ToHaveCountAsync(0);
        visit.AssertQuiet();
    }

    [Fact]
    public async Task The_form_says_what_the_last_run_used()
    {
        await using var site = await FakeSite.StartAsync();
        var visit = await chromium.OpenDraftAsync(site, Text);
        site.Drafts.Saving = new DraftSaving.Done(new WorkflowId(1), 1, "/jobs");
        await visit.SaveAsync();
        await visit.Page.ReloadAsync();
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-testid=canvas][data-ready]"));

        await visit.Page.Locator("[data-key='job/b'] .torc-node-name").ClickAsync();

        await Assertions.Expect(visit.Find("seen-memory")).ToHaveTextAsync("When they ran last, 2 jobs used at most 311 MiB.");
        await Assertions.Expect(visit.Find("seen-runtime")).ToHaveTextAsync("When they ran last, 2 jobs took at most 21 s.");
        await visit.KeepPictureAsync("editor-seen");
        visit.AssertQuiet();
    }

    [Fact]
    public async Task Much_that_is_pasted_at_once_goes_over_HTTP()
    {
        await using var site = await FakeSite.StartAsync();
        var visit = await chromium.OpenDraftAsync(site, Text);
        string much = string.Concat(Enumerable.Range(0, 2_000).Select(line => string.Create(CultureInfo.InvariantCulture, $"# line {line} of a long remark\n")));
        var put = visit.Page.WaitForRequestAsync(request => request.Method is "PUT" && request.Url.Contains("/text?revision=", StringComparison.Ordinal));

        await visit.Page.EvaluateAsync(
            """
            text => {
              const { editor } = document.querySelector('[data-testid=text]').torcText;
              editor.executeEdits('paste', [{ range: { startLineNumber: 1, startColumn: 1, endLineNumber: 1, endColumn: 1 }, text }]);
            }
            """,
            much);

        await put;
        string kept = await Waiting.UntilAsync(
            () => visit.Page.EvaluateAsync<string>("() => fetch('../api/v1/drafts/1/text').then(answer => answer.text())"), text => text.StartsWith("# line 0", StringComparison.Ordinal), "the server has it");
        Assert.Equal(much + Text, kept);
        await Visit.AssertSoonAsync(visit.Thing("job/c"));
        visit.AssertQuiet();
    }

    [Fact]
    public async Task Fingers_move_things_and_the_view()
    {
        await using var site = await FakeSite.StartAsync();
        var visit = await chromium.OpenDraftAsync(site, Text);
        var touch = await visit.Page.Context.NewCDPSessionAsync(visit.Page);
        await touch.SendAsync("Emulation.setTouchEmulationEnabled", new Dictionary<string, object> { ["enabled"] = true, ["maxTouchPoints"] = 2 });

        // One finger on a job moves it; its canvas stays.
        var at = await MiddleAsync(visit.Page.Locator("[data-key='job/c'] .torc-box"));
        string view = (await visit.Page.Locator(".torc-viewport").GetAttributeAsync("transform"))!;
        await TouchAsync(touch, [at], [(at.X + 20, at.Y + 20)], [(at.X + 60, at.Y + 40)]);
        await visit.StepIsAsync("Move c");
        Assert.Equal(view, await visit.Page.Locator(".torc-viewport").GetAttributeAsync("transform"));

        // Two fingers apart make it larger, and move nothing, though one of them lies on a job.
        string places = await PlacesAsync(visit);
        double scale = await ScaleAsync(visit);
        at = await MiddleAsync(visit.Page.Locator("[data-key='job/c'] .torc-box"));
        await TouchAsync(touch, [at, (at.X + 80, at.Y + 80)], [at, (at.X + 120, at.Y + 120)], [at, (at.X + 160, at.Y + 160)]);
        await visit.Page.WaitForFunctionAsync("before => Number(document.querySelector('[data-testid=canvas]').dataset.scale) > before * 1.3", scale);
        Assert.Equal(places, await PlacesAsync(visit));
        visit.AssertQuiet();
    }

    private static Task<double> ScaleAsync(Visit visit) => visit.Page.EvaluateAsync<double>("() => Number(document.querySelector('[data-testid=canvas]').dataset.scale)");

    private static Task<string> PlacesAsync(Visit visit) => visit.Page.EvaluateAsync<string>("() => [...document.querySelectorAll('.torc-thing')].map(thing => thing.getAttribute('transform')).join()");

    // Puts fingers down, moves them and takes them away.
    private static async Task TouchAsync(ICDPSession touch, params (float X, float Y)[][] steps)
    {
        for (int step = 0; step < steps.Length; step++)
        {
            await SendAsync(step == 0 ? "touchStart" : "touchMove", steps[step]);
        }

        await SendAsync("touchEnd", []);

        Task SendAsync(string type, (float X, float Y)[] points) => touch.SendAsync("Input.dispatchTouchEvent", new Dictionary<string, object>
        {
            ["type"] = type,
            ["touchPoints"] = points.Select((point, id) => new Dictionary<string, object> { ["x"] = point.X, ["y"] = point.Y, ["id"] = id }).ToArray(),
        });
    }

    private static async Task<(float X, float Y)> MiddleAsync(ILocator locator)
    {
        var box = (await locator.BoundingBoxAsync())!;
        return (box.X + (box.Width / 2), box.Y + (box.Height / 2));
    }

    private static async Task DropAsync(Visit visit, ILocator piece, ILocator onto, float? right = null, float? down = null)
    {
        var box = (await onto.BoundingBoxAsync())!;
        await DragAsync(visit, await MiddleAsync(piece), (box.X + (right ?? (box.Width / 2)), box.Y + (down ?? (box.Height / 2))));
    }

    private static async Task DragAsync(Visit visit, (float X, float Y) from, (float X, float Y) to)
    {
        await visit.Page.Mouse.MoveAsync(from.X, from.Y);
        await visit.Page.Mouse.DownAsync();
        await visit.Page.Mouse.MoveAsync(to.X, to.Y, new MouseMoveOptions { Steps = 6 });
        await visit.Page.Mouse.UpAsync();
    }
}
