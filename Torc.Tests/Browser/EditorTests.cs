using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using Torc.Shared.Jobs;
using Torc.Shared.Workflows;
using Torc.Tests.EndToEnd;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.Browser;

/// <summary>Workflows are drawn, and their text is changed by it, against the real server.</summary>
[Collection(BrowserCollection.Name)]
public sealed class EditorTests(Chromium chromium)
{
    private const string Json5 = """
        // Four jobs and what lies between them.
        {
          name: 'diamond',
          jobs: [
            { name: 'preprocess', command: 'sh pre.sh ${files.input.inputs} ${files.output.f1} ${files.output.f2}' },
            { name: 'work1', command: 'sh work.sh ${files.input.f1} ${files.output.f3}', resource_requirements: 'medium' },
            // This one is hungry.
            { name: 'work2', command: 'sh work.sh ${files.input.f2} ${files.output.f4}', resource_requirements: 'large' },
            { name: 'postprocess', command: 'sh post.sh ${files.input.f3} ${files.input.f4} ${files.output.f5}' },
          ],
          files: [
            { name: 'inputs', path: 'inputs.json' },
            { name: 'f1', path: 'f1.json' }, { name: 'f2', path: 'f2.json' }, { name: 'f3', path: 'f3.json' },
            { name: 'f4', path: 'f4.json' }, { name: 'f5', path: 'f5.json' },
          ],
          resource_requirements: [
            { name: 'medium', num_cpus: 1, memory: '64m' },
            { name: 'large', num_cpus: 1, memory: '128m' }, // enough for now
          ],
        }

        """;

    [Fact]
    public async Task The_diamond_is_drawn_undone_done_again_and_run()
    {
        await using var site = await Site.StartAsync(cpus: 2);
        var visit = await Visit.StartAsync(chromium, site.Http.BaseAddress!);
        var page = visit.Page;
        await visit.GoAsync("/new");
        await visit.Find("template-blank").ClickAsync();
        await visit.EditorReadyAsync();

        await page.Keyboard.PressAsync("j");
        await NameAsync(visit, "preprocess");
        await DrawToEmptyAsync(visit, "job/preprocess", isOutput: true, 190, -70, "f1");
        await DrawToEmptyAsync(visit, "job/preprocess", isOutput: true, 190, 90, "f2");
        await DrawToEmptyAsync(visit, "file/f1", isOutput: true, 120, 0, "work1");
        await DrawToEmptyAsync(visit, "file/f2", isOutput: true, 120, 0, "work2");
        await visit.Find("view-canvas").ClickAsync();
        await FitAsync(visit);
        await DrawToEmptyAsync(visit, "job/work1", isOutput: true, 110, 0, "f3");
        await FitAsync(visit);
        await DrawToEmptyAsync(visit, "job/work2", isOutput: true, 110, 0, "f4");
        await FitAsync(visit);
        await DrawToEmptyAsync(visit, "file/f3", isOutput: true, 110, 60, "postprocess");
        await FitAsync(visit);
        await DrawAsync(visit, "file/f4", "job/postprocess");
        await Visit.AssertSoonAsync(visit.Edge("file/f4", "job/postprocess"));
        await DrawToEmptyAsync(visit, "job/postprocess", isOutput: true, 110, 0, "f5");
        await FitAsync(visit);
        await DrawToEmptyAsync(visit, "job/preprocess", isOutput: false, -110, 0, "inputs");
        await FitAsync(visit);
        await visit.KeepPictureAsync("editor-drawn");

        await CommandAsync(visit, "preprocess", "cat ${inp", "files.input.inputs", " > ${output.f1", "files.output.f1", " && cp f1 ${output.f2", "files.output.f2");
        await CommandAsync(visit, "work1", "cp ${input.f1", "files.input.f1", " ${output.f3", "files.output.f3");
        await CommandAsync(visit, "work2", "cp ${input.f2", "files.input.f2", " ${output.f4", "files.output.f4");
        await CommandAsync(visit, "postprocess", "cat ${input.f3", "files.input.f3", " ${input.f4", "files.input.f4", " > ${output.f5", "files.output.f5");

        await visit.Find("mode-jobs").ClickAsync();
        await page.WaitForFunctionAsync("() => document.querySelectorAll('[data-testid=edge]').length === 4");
        string[] edges = await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('[data-testid=edge][data-derived]')].map(edge => edge.dataset.edge).sort()");
        Assert.Equal(["job/preprocess>job/work1", "job/preprocess>job/work2", "job/work1>job/postprocess", "job/work2>job/postprocess"], edges);
        await visit.Edge("job/work2", "job/postprocess").Locator(".torc-line-hit").ClickAsync(new LocatorClickOptions { Force = true });
        await Assertions.Expect(visit.Find("edge-words")).ToHaveTextAsync("postprocess waits for work2 because it needs f4, which work2 produces.");
        await visit.Find("mode-files").ClickAsync();

        string before = await TextAsync(visit);
        Assert.Equal(Canonical(Drawn), Canonical(await TextAsync(visit, "json")));
        await page.Locator(".torc-canvas-back").ClickAsync(new LocatorClickOptions { Position = new Position { X = 8, Y = 8 } });
        await PressAsync(visit, "Control+z", 10);
        Assert.NotEqual(before, await TextAsync(visit));
        await PressAsync(visit, "Control+y", 10);
        Assert.Equal(before, await TextAsync(visit));

        int steps = await StepsAsync(visit);
        await Visit.AssertSoonAsync(page.Locator("[data-testid=draft-state][data-kept]"));
        await page.ReloadAsync();
        await visit.EditorReadyAsync();
        Assert.Equal(before, await TextAsync(visit));
        Assert.Equal(steps, await StepsAsync(visit));

        await AssertSilentDragAsync(visit);

        await visit.Find("save").ClickAsync();
        await Visit.AssertSoonAsync(page.Locator("[data-testid=draft-state][data-saved]"));
        var workflows = await site.Http.GetFromJsonAsync<JsonElement>("/api/v1/workflows", TestContext.Current.CancellationToken);
        var workflow = workflows[0];
        await File.WriteAllTextAsync(Path.Combine(workflow.GetProperty("working_directory").GetString()!, "inputs"), "42\n", TestContext.Current.CancellationToken);
        await visit.Find("run").ClickAsync();
        await Visit.AssertSoonAsync(page.Locator("[data-testid=workflow][data-status=completed]"));
        await visit.KeepPictureAsync("editor-ran");
        visit.AssertQuiet();
    }

    [Fact]
    public async Task Errors_show_while_one_types_and_comments_survive()
    {
        await using var site = Site.Empty();
        await site.StartServerAloneAsync();
        await File.WriteAllTextAsync(Path.Combine(site.Work, "inputs.json"), "{}", TestContext.Current.CancellationToken);
        using var created = await site.Http.PostAsync(
            $"/api/v1/workflows?file_name=diamond.json5&working_directory={Uri.EscapeDataString(site.Work)}", new StringContent(Json5, null, "application/json"), TestContext.Current.CancellationToken);
        long id = (await created.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("id").GetInt64();
        var visit = await Visit.StartAsync(chromium, site.Http.BaseAddress!, width: 1600);
        var page = visit.Page;
        await visit.GoAsync($"/workflows/{id}/edit");
        await visit.EditorReadyAsync();
        await visit.KeepPictureAsync("editor");

        // A key is misspelled: the problem names the line and the key that is meant.
        await TypeAsync(visit, "{ name: 'work2', command", "{ name: 'work2', comand");
        var problem = page.Locator("[data-testid=problem][data-code=TORC101]");
        await Assertions.Expect(problem).ToContainTextAsync("command", new LocatorAssertionsToContainTextOptions { Timeout = 1_000 });
        await Assertions.Expect(problem).ToHaveAttributeAsync("data-line", "8");
        await Assertions.Expect(problem).ToHaveAttributeAsync("data-column", "22");
        await Assertions.Expect(visit.Find("run")).ToBeDisabledAsync();
        await Assertions.Expect(visit.Find("save")).ToBeEnabledAsync();
        await Assertions.Expect(visit.Find("save")).ToHaveTextAsync("Save draft");
        await visit.KeepPictureAsync("editor-error");
        await TypeAsync(visit, "{ name: 'work2', comand", "{ name: 'work2', command");
        await Assertions.Expect(problem).ToHaveCountAsync(0);

        // What would be a loop, or a second producer, is refused while it is dragged.
        string before = await TextAsync(visit);
        await DrawAsync(visit, "file/f5", "job/preprocess", whileDragging: async () =>
        {
            await Visit.AssertSoonAsync(page.Locator("[data-key='job/preprocess'][data-refused]"));
            await Assertions.Expect(visit.Find("canvas-tip")).ToContainTextAsync("That would make a loop");
            await visit.KeepPictureAsync("editor-refused");
        });
        await DrawAsync(visit, "job/work1", "file/f4", whileDragging: () => Assertions.Expect(visit.Find("canvas-tip")).ToContainTextAsync("work2 produces f4 already"));
        Assert.Equal(before, await TextAsync(visit));

        // Another memory is one value of the text.
        await page.Locator("[data-key='job/work2'] .torc-node-name").ClickAsync();
        await visit.Find("field-memory").FillAsync("256m");
        await visit.Find("field-memory").PressAsync("Enter");
        await Eventually(() => TextAsync(visit), before.Replace("'128m'", "'256m'", StringComparison.Ordinal));
        await Eventually(() => ShownTextAsync(visit), before.Replace("'128m'", "'256m'", StringComparison.Ordinal));

        // Without a comma the text cannot be read, and the canvas waits for it.
        await TypeAsync(visit, "f4.json' },", "f4.json' }");
        await Assertions.Expect(visit.Find("stale")).ToContainTextAsync("Last valid version. Line ");
        await Assertions.Expect(page.Locator("[data-testid=canvas][data-readonly]")).ToBeVisibleAsync();
        await visit.KeepPictureAsync("editor-stale");
        await TypeAsync(visit, "f4.json' }", "f4.json' },");
        await Assertions.Expect(visit.Find("stale")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("[data-key='job/work2'][data-selected]")).ToBeVisibleAsync();
        visit.AssertQuiet();
    }

    [Fact]
    public async Task Every_template_runs_as_it_is()
    {
        await using var site = await Site.StartAsync(cpus: 4);
        var visit = await Visit.StartAsync(chromium, site.Http.BaseAddress!);
        var started = new List<WorkflowId>();
        await visit.GoAsync("/new");
        await Visit.AssertSoonAsync(visit.Find("template-blank"));
        int templates = await visit.Page.Locator("[data-testid^=template-]").CountAsync();
        for (int template = 0; template < templates; template++)
        {
            await visit.GoAsync("/new");
            var button = visit.Page.Locator("[data-testid^=template-]").Nth(template);
            bool isBlank = await button.GetAttributeAsync("data-testid") is "template-blank";
            await button.ClickAsync();
            await visit.EditorReadyAsync();
            if (!isBlank)
            {
                await visit.Find("run").ClickAsync();
                await Visit.AssertSoonAsync(visit.Find("workflow"));
                started.Add(new WorkflowId(long.Parse(visit.Page.Url.Split("/workflows/")[1].Split('/', '?')[0], CultureInfo.InvariantCulture)));
            }
        }

        Assert.Equal(6, started.Distinct().Count());
        foreach (var workflow in started)
        {
            Assert.Equal(WorkflowStatus.Completed, (await site.EndAsync(workflow)).Status);
        }
    }

    [Fact]
    public async Task What_is_typed_while_the_server_is_away_is_there_when_it_is_back()
    {
        await using var site = await Site.StartAsync(cpus: 2);
        var visit = await Visit.StartAsync(chromium, site.Http.BaseAddress!);
        await visit.GoAsync("/new");
        await visit.Find("template-sweep").ClickAsync();
        await visit.EditorReadyAsync();
        string address = visit.Page.Url;
        string before = await ShownTextAsync(visit);
        await visit.Page.Locator("[data-testid=job-node]").First.FocusAsync();
        await visit.Page.Keyboard.PressAsync("Shift+ArrowDown");
        await visit.StepIsAsync("Move");
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-testid=draft-state][data-kept]"));
        string port = site.Http.BaseAddress!.Port.ToString(CultureInfo.InvariantCulture);

        await site.KillServerAsync();
        await Assertions.Expect(visit.Page.Locator("[data-testid=live-dot][data-state=paused]")).ToBeVisibleAsync();
        await TypeAsync(visit, "name: sweep", "name: sweeping");
        await site.StartServerAsync(2, "--port", port);

        await Visit.AssertSoonAsync(visit.Page.Locator("[data-testid=live-dot][data-state=live]"));
        await visit.EditorReadyAsync();
        string after = before.Replace("name: sweep", "name: sweeping", StringComparison.Ordinal);
        await Eventually(() => ShownTextAsync(visit), after);
        await Eventually(() => TextAsync(visit), after);
        Assert.Equal(address, visit.Page.Url);
        await visit.Find("undo").ClickAsync();
        await Eventually(() => TextAsync(visit), before);
        await visit.StepIsAsync("Move");
    }

    private const string Drawn = """
        {
          "name": "untitled",
          "jobs": [
            {"name": "preprocess", "command": "cat ${files.input.inputs} > ${files.output.f1} && cp f1 ${files.output.f2}", "input_files": ["inputs"], "output_files": ["f1", "f2"]},
            {"name": "work1", "command": "cp ${files.input.f1} ${files.output.f3}", "input_files": ["f1"], "output_files": ["f3"]},
            {"name": "work2", "command": "cp ${files.input.f2} ${files.output.f4}", "input_files": ["f2"], "output_files": ["f4"]},
            {"name": "postprocess", "command": "cat ${files.input.f3} ${files.input.f4} > ${files.output.f5}", "input_files": ["f3", "f4"], "output_files": ["f5"]}
          ],
          "files": [
            {"name": "f1", "path": "f1"}, {"name": "f2", "path": "f2"}, {"name": "f3", "path": "f3"}, {"name": "f4", "path": "f4"}, {"name": "f5", "path": "f5"}, {"name": "inputs", "path": "inputs"}
          ]
        }
        """;

    private static async Task NameAsync(Visit visit, string name)
    {
        await visit.Find("prompt-name").FillAsync(name);
        await visit.Find("prompt-name").PressAsync("Enter");
        await Visit.AssertSoonAsync(visit.Page.Locator($".torc-thing[data-name='{name}']"));
        await Assertions.Expect(visit.Find("prompt")).ToHaveCountAsync(0);
    }

    // Everything is seen, and there is room around it.
    private static async Task FitAsync(Visit visit)
    {
        foreach (string action in new[] { "fit", "out", "out", "out" })
        {
            await visit.Page.Locator($"[data-view-action={action}]").ClickAsync();
        }
    }

    private static async Task<(float X, float Y)> PortAsync(Visit visit, string key, bool isOutput)
    {
        var box = (await visit.Page.Locator($"[data-key='{key}'] [data-port={(isOutput ? "out" : "in")}]").BoundingBoxAsync())!;
        return (box.X + (box.Width / 2), box.Y + (box.Height / 2));
    }

    // From a port to a place beside it, where the name of what is new is asked for.
    private static async Task DrawToEmptyAsync(Visit visit, string key, bool isOutput, float right, float down, string name)
    {
        var (x, y) = await PortAsync(visit, key, isOutput);
        await visit.Page.Mouse.MoveAsync(x, y);
        await visit.Page.Mouse.DownAsync();
        await visit.Page.Mouse.MoveAsync(x + right, y + down, new MouseMoveOptions { Steps = 6 });
        await visit.Page.Mouse.UpAsync();
        await NameAsync(visit, name);
    }

    private static async Task DrawAsync(Visit visit, string from, string to, Func<Task>? whileDragging = null)
    {
        var (x, y) = await PortAsync(visit, from, isOutput: true);
        var box = (await visit.Page.Locator($"[data-key='{to}'] .torc-box").BoundingBoxAsync())!;
        await visit.Page.Mouse.MoveAsync(x, y);
        await visit.Page.Mouse.DownAsync();
        await visit.Page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2), new MouseMoveOptions { Steps = 6 });
        if (whileDragging is not null)
        {
            // The reasons may come a moment after the line was begun.
            await visit.Page.WaitForFunctionAsync("() => document.querySelector('.torc-thing[data-refused]')");
            await visit.Page.Mouse.MoveAsync(box.X + (box.Width / 2) + 2, box.Y + (box.Height / 2));
            await whileDragging();
        }

        await visit.Page.Mouse.UpAsync();
    }

    // Types pieces of a command one after the other; every second one is chosen from the list that ${ opens.
    private static async Task CommandAsync(Visit visit, string job, params string[] pieces)
    {
        await visit.Page.Locator($"[data-key='job/{job}'] .torc-node-name").ClickAsync();
        await Visit.AssertSoonAsync(visit.Page.Locator($"[data-testid=panel][data-thing='job/{job}']"));
        var field = visit.Find("field-command");
        await field.FocusAsync();
        for (int piece = 0; piece < pieces.Length; piece += 2)
        {
            await field.PressSequentiallyAsync(pieces[piece]);
            var option = visit.Page.Locator(".torc-complete li").Filter(new LocatorFilterOptions { HasTextString = pieces[piece + 1] });
            await Visit.AssertSoonAsync(option);
            await option.First.ClickAsync();
        }

        string expected = await field.InputValueAsync();
        Assert.EndsWith("}", expected, StringComparison.Ordinal);
        await Eventually(async () => (await TextAsync(visit)).Contains(expected, StringComparison.Ordinal) ? "there" : "missing", "there");
    }

    private static async Task PressAsync(Visit visit, string keys, int times)
    {
        for (int press = 0; press < times; press++)
        {
            int steps = await StepsAsync(visit);
            await visit.Page.Keyboard.PressAsync(keys);
            await visit.Page.WaitForFunctionAsync("before => Number(document.querySelector('[data-testid=steps] .torc-number').textContent) !== before", steps);
        }
    }

    private static async Task<int> StepsAsync(Visit visit) =>
        int.Parse((await visit.Page.Locator("[data-testid=steps] .torc-number").TextContentAsync())!, CultureInfo.InvariantCulture);

    // Of the draft as the server has it.
    private static async Task<string> TextAsync(Visit visit, string? notation = null)
    {
        string path = $"api/v1/drafts/{visit.Page.Url.Split("/drafts/")[1].Split('?')[0]}/text{(notation is null ? "" : $"?notation={notation}")}";
        return await visit.Page.EvaluateAsync<string>("path => fetch(new URL(path, document.baseURI)).then(answer => answer.text())", path);
    }

    private static Task<string> ShownTextAsync(Visit visit) => visit.Page.EvaluateAsync<string>("() => document.querySelector('[data-testid=text]').torcText.value()");

    // Finds a piece of the text in the page, selects what differs in it, and types what is to stand there.
    private static async Task TypeAsync(Visit visit, string piece, string now)
    {
        int same = piece.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
        int end = piece[same..].Reverse().Zip(now[same..].Reverse()).TakeWhile(pair => pair.First == pair.Second).Count();
        await visit.Page.EvaluateAsync(
            """
            ([piece, from, to]) => {
              const { editor } = document.querySelector('[data-testid=text]').torcText;
              const model = editor.getModel();
              const start = model.getValue().indexOf(piece);
              const [first, last] = [model.getPositionAt(start + Number(from)), model.getPositionAt(start + Number(to))];
              editor.setSelection({ startLineNumber: first.lineNumber, startColumn: first.column, endLineNumber: last.lineNumber, endColumn: last.column });
              editor.focus();
            }
            """,
            new[] { piece, same.ToString(CultureInfo.InvariantCulture), (piece.Length - end).ToString(CultureInfo.InvariantCulture) });
        if (now[same..^end] is { Length: > 0 } typed)
        {
            await visit.Page.Keyboard.InsertTextAsync(typed);
        }
        else
        {
            await visit.Page.Keyboard.PressAsync("Delete");
        }
    }

    private static async Task Eventually(Func<Task<string>> look, string expected)
    {
        await Waiting.UntilAsync(look, seen => seen == expected, $"it is {expected}");
    }

    // While a node is dragged, nothing goes over the connection of the page but signs of life.
    private static async Task AssertSilentDragAsync(Visit visit)
    {
        var box = (await visit.Page.Locator("[data-key='job/work1'] .torc-box").BoundingBoxAsync())!;
        await visit.Page.Mouse.MoveAsync(box.X + 30, box.Y + 12);
        await visit.Page.EvaluateAsync("() => new Promise(done => setTimeout(done, 0))");
        await visit.Page.Mouse.DownAsync();
        int sent = visit.Frames;
        for (int step = 1; step <= 60; step++)
        {
            await visit.Page.Mouse.MoveAsync(box.X + 30 + step, box.Y + 12 + (step % 7));
        }

        Assert.Equal(sent, visit.Frames);
        await visit.Page.Mouse.UpAsync();
        await Waiting.UntilAsync(() => Task.FromResult(visit.Frames), frames => frames > sent, "the new place is told");
    }

    private static string Canonical(string json) => JsonSerializer.Serialize(JsonDocument.Parse(json).RootElement);
}
