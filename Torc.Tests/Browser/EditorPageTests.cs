using System.Globalization;
using Microsoft.Playwright;
using Torc.Shared.Jobs;
using Torc.Tests.Support;
using Torc.Web.Editor;
using Xunit;

namespace Torc.Tests.Browser;

/// <summary>The editor by keyboard, with several tabs, and when a version was saved meanwhile.</summary>
[Collection(BrowserCollection.Name)]
public sealed class EditorPageTests(Chromium chromium)
{
    private const string Text = """
        name: small
        jobs:
          - name: a # makes f
            command: echo 1 > ${files.output.f}
          - name: b
            command: cat ${files.input.f}
        files:
          - {name: f, path: f.txt}

        """;

    [Fact]
    public async Task Everything_can_be_done_by_keyboard()
    {
        await using var site = await FakeSite.StartAsync();
        var visit = await chromium.OpenDraftAsync(site, Text);
        var keyboard = visit.Page.Keyboard;

        // Along the lines, and up to the name.
        await visit.Thing("job/a").FocusAsync();
        await keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(visit.Thing("file/f")).ToBeFocusedAsync();
        await keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(visit.Page.Locator("[data-key='job/b'][data-selected]")).ToBeFocusedAsync();
        await keyboard.PressAsync("Enter");
        await Assertions.Expect(visit.Find("thing-name")).ToBeFocusedAsync();
        await keyboard.TypeAsync("last");
        await keyboard.PressAsync("Enter");
        await Visit.AssertSoonAsync(visit.Thing("job/last"));

        // A new job, connected by c and Enter.
        await keyboard.PressAsync("Escape");
        await visit.Thing("job/a").FocusAsync();
        await keyboard.PressAsync("j");
        // It is typed at once: the field comes from the server, and no letter may go elsewhere meanwhile.
        await keyboard.TypeAsync("extra");
        await Assertions.Expect(visit.Find("prompt-name")).ToHaveValueAsync("extra");
        await keyboard.PressAsync("Enter");
        await Assertions.Expect(visit.Thing("job/extra")).ToBeFocusedAsync();
        await visit.Thing("file/f").FocusAsync();
        await keyboard.PressAsync("c");
        await visit.Thing("job/extra").FocusAsync();
        await keyboard.PressAsync("Enter");
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-edge='file/f>job/extra']"));

        // Nudged, taken away, and all of it undone.
        await visit.Thing("job/extra").FocusAsync();
        await keyboard.PressAsync("Shift+ArrowDown");
        await keyboard.PressAsync("Shift+ArrowDown");
        await visit.StepIsAsync("Move extra");
        await keyboard.PressAsync(" ");
        await Assertions.Expect(visit.Find("panel").Locator(":focus")).ToHaveCountAsync(1);
        await visit.Thing("job/extra").FocusAsync();
        await keyboard.PressAsync("Delete");
        await Assertions.Expect(visit.Thing("job/extra")).ToHaveCountAsync(0);
        for (int steps = 5; steps > 0; steps--)
        {
            await keyboard.PressAsync("Control+z");
            await Assertions.Expect(visit.Page.Locator("[data-testid=steps] .torc-number")).ToHaveTextAsync((steps - 1).ToString(CultureInfo.InvariantCulture));
        }

        Assert.Equal(Text, await visit.ShownTextAsync());
        visit.AssertQuiet();
    }

    [Fact]
    public async Task A_thing_is_found_by_a_part_of_its_name_and_stays_selected_in_the_address()
    {
        await using var site = await FakeSite.StartAsync();
        var visit = await chromium.OpenDraftAsync(site, Text.Replace("name: b", "name: evaluate", StringComparison.Ordinal));

        await visit.Thing("job/a").FocusAsync();
        await visit.Page.Keyboard.PressAsync("Control+f");
        await Assertions.Expect(visit.Find("palette-input")).ToBeFocusedAsync();
        await Assertions.Expect(visit.Find("palette-option")).ToHaveTextAsync(["aJobthis draft", "evaluateJobthis draft", "fFilethis draft"]);
        await visit.Page.Keyboard.TypeAsync("nowhere");
        await Assertions.Expect(visit.Find("palette-none")).ToHaveTextAsync("Nothing is called “nowhere”. Ctrl+K finds what is elsewhere.");
        await visit.Find("palette-input").FillAsync("VAL");
        await Assertions.Expect(visit.Find("palette-option")).ToHaveCountAsync(1);
        await visit.KeepPictureAsync("editor-find");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visit.Thing("job/evaluate")).ToBeFocusedAsync();
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-key='job/evaluate'][data-selected]"));
        await visit.ArriveAsync("/drafts/1?select=job%2Fevaluate");

        // Where somebody is, is in the address: who reloads is there again.
        await visit.Page.ReloadAsync();
        await visit.EditorReadyAsync();
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-key='job/evaluate'][data-selected]"));
        await visit.Thing("job/evaluate").FocusAsync();
        await visit.Page.Keyboard.PressAsync("Escape");
        await visit.ArriveAsync("/drafts/1");
        visit.AssertQuiet();
    }

    [Fact]
    public async Task What_differs_from_the_version_is_shown_while_one_goes_on()
    {
        await using var site = await FakeSite.StartAsync();
        site.Workflows.Specs = [Text];
        var visit = await chromium.OpenDraftAsync(site, Text);
        await Assertions.Expect(visit.Find("changes")).ToBeDisabledAsync();
        site.Drafts.Saving = new DraftSaving.Done(site.Workflows.Add(Diamond.Definition), 1, "/jobs");
        await visit.SaveAsync();

        await visit.Find("changes").ClickAsync();
        await Assertions.Expect(visit.Find("difference")).ToContainTextAsync("Nothing differs.");
        await visit.Page.Locator("[data-key='job/b'] .torc-node-name").ClickAsync();
        await visit.Find("thing-name").FillAsync("last");
        await visit.Find("thing-name").PressAsync("Enter");

        await Assertions.Expect(visit.Page.Locator("[data-testid=difference-line][data-side=before]")).ToHaveTextAsync(["5  - name: b"]);
        await Assertions.Expect(visit.Page.Locator("[data-testid=difference-line][data-side=after]")).ToHaveTextAsync(["5  - name: last"]);
        await Assertions.Expect(visit.Page.Locator("[data-testid=difference-line][data-side=both]")).ToHaveCountAsync(6);
        await visit.KeepPictureAsync("editor-changes");
        await visit.Find("difference-close").ClickAsync();
        await Assertions.Expect(visit.Find("difference")).ToHaveCountAsync(0);
        visit.AssertQuiet();
    }

    [Fact]
    public async Task Copies_travel_as_the_JSON_of_a_spec()
    {
        await using var site = await FakeSite.StartAsync();
        var visit = await chromium.OpenDraftAsync(site, Text);
        await visit.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);

        await visit.Page.Locator("[data-key='job/b'] .torc-node-name").ClickAsync();
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-key='job/b'][data-selected]"));
        await visit.Page.Keyboard.PressAsync("Control+c");
        string json = await Waiting.UntilAsync(() => visit.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()"), text => text.Contains("cat ", StringComparison.Ordinal), "it is in the clipboard");
        // A browser without a window does not always say that Ctrl+V was pressed; what it says then is said here.
        await visit.Page.EvaluateAsync(
            """
            json => {
              const clipboardData = new DataTransfer();
              clipboardData.setData('text/plain', json);
              document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
            }
            """,
            json);
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-key='job/b_2'][data-selected]"));
        await visit.Page.Keyboard.PressAsync("Control+d");
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-key='job/b_3'][data-selected]"));

        Assert.StartsWith(Text[..Text.IndexOf("files:", StringComparison.Ordinal)], await visit.ShownTextAsync(), StringComparison.Ordinal);
        visit.AssertQuiet();
    }

    [Theory]
    [InlineData("x")]
    [InlineData("much")]
    public async Task A_byte_order_mark_and_mixed_line_ends_stay_where_they_are(string typed)
    {
        const string Mixed = "\uFEFFname: small\r\njobs:\r\n  - name: a\n    command: echo\r\n";
        // Much goes another way.
        string piece = typed is "much" ? new string('y', 20_000) : typed;
        await using var site = await FakeSite.StartAsync();
        var visit = await chromium.OpenDraftAsync(site, Mixed);

        await visit.Page.EvaluateAsync("text => document.querySelector('[data-testid=text]').torcText.editor.executeEdits('type', [{ range: { startLineNumber: 4, startColumn: 18, endLineNumber: 4, endColumn: 18 }, text }])", $" {piece}\n");
        await KeptAsync(visit, Mixed.Replace("echo", $"echo {piece}\r\n", StringComparison.Ordinal));
        await visit.Page.Locator("[data-key='job/a'] .torc-node-name").ClickAsync();
        await visit.Find("thing-name").FillAsync("first");
        await visit.Find("thing-name").PressAsync("Enter");

        string now = await KeptAsync(visit, Mixed.Replace("echo", $"echo {piece}\r\n", StringComparison.Ordinal).Replace("name: a", "name: first", StringComparison.Ordinal));
        await Waiting.UntilAsync(visit.ShownTextAsync, text => text == now[1..].Replace("\r", "", StringComparison.Ordinal), "the page shows it");
        visit.AssertQuiet();
    }

    [Fact]
    public async Task Two_tabs_write_one_text_and_say_so()
    {
        await using var site = await FakeSite.StartAsync();
        var one = await chromium.OpenDraftAsync(site, Text);
        var other = await Visit.StartAsync(chromium, site.Address);
        await other.GoAsync("/drafts/1");
        await Visit.AssertSoonAsync(other.Page.Locator("[data-testid=text][data-ready]"));
        await Assertions.Expect(other.Find("two-tabs")).ToBeVisibleAsync();

        await one.Page.Locator("[data-key='job/b'] .torc-node-name").ClickAsync();
        await one.Page.Keyboard.PressAsync("Delete");

        await Assertions.Expect(other.Page.Locator("[data-key='job/b']")).ToHaveCountAsync(0);
        await Waiting.UntilAsync(other.ShownTextAsync, text => !text.Contains("name: b", StringComparison.Ordinal), "the other tab's text is without b");
    }

    [Fact]
    public async Task A_version_that_was_saved_meanwhile_is_not_overwritten_unasked()
    {
        await using var site = await FakeSite.StartAsync();
        site.Workflows.Specs = ["name: theirs\njobs: []\n"];
        var visit = await chromium.OpenDraftAsync(site, Text);

        site.Drafts.Saving = new DraftSaving.Done(site.Workflows.Add(Diamond.Definition), 1, "/jobs");
        await visit.SaveAsync();
        site.Drafts.Saving = new DraftSaving.Conflict(5);
        await visit.Page.Locator("[data-key='job/b'] .torc-node-name").ClickAsync();
        await visit.Page.Keyboard.PressAsync("Delete");
        await visit.Find("save").ClickAsync();
        await Assertions.Expect(visit.Find("conflict")).ToContainTextAsync("Version 5 was saved meanwhile.");
        Assert.Equal(1, site.Drafts.Over);
        await visit.Find("see-difference").ClickAsync();
        await Assertions.Expect(visit.Find("difference")).ToContainTextAsync("name: theirs");
        await visit.KeepPictureAsync("editor-conflict");

        site.Drafts.Saving = new DraftSaving.Done(new WorkflowId(1), 6, "/jobs");
        await visit.Find("keep-mine").ClickAsync();
        await Assertions.Expect(visit.Find("draft-state")).ToHaveTextAsync("saved as v6");
        Assert.Equal(5, site.Drafts.Over);

        // Nothing is lost by taking theirs: it is a step.
        site.Drafts.Saving = new DraftSaving.Conflict(7);
        await visit.Find("layout").ClickAsync();
        await visit.Find("save").ClickAsync();
        await visit.Find("take-theirs").ClickAsync();
        await visit.TextSaysAsync("theirs");
        await visit.Find("undo").ClickAsync();
        await visit.TextSaysAsync("makes f");
    }

    // Of the draft as the server has it, to the last character.
    private static Task<string> KeptAsync(Visit visit, string expected) => Waiting.UntilAsync(
        () => visit.Page.EvaluateAsync<string>("() => fetch('../api/v1/drafts/1/text').then(answer => answer.arrayBuffer()).then(bytes => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes))"),
        text => text == expected,
        "the server has the text");
}
