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
        var visit = await OpenAsync(site);
        var keyboard = visit.Page.Keyboard;

        // Along the lines, and up to the name.
        await visit.Page.Locator("[data-key='job/a']").FocusAsync();
        await keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(visit.Page.Locator("[data-key='file/f']")).ToBeFocusedAsync();
        await keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(visit.Page.Locator("[data-key='job/b'][data-selected]")).ToBeFocusedAsync();
        await keyboard.PressAsync("Enter");
        await Assertions.Expect(visit.Find("thing-name")).ToBeFocusedAsync();
        await keyboard.TypeAsync("last");
        await keyboard.PressAsync("Enter");
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-key='job/last']"));

        // A new job, connected by c and Enter.
        await keyboard.PressAsync("Escape");
        await visit.Page.Locator("[data-key='job/a']").FocusAsync();
        await keyboard.PressAsync("j");
        // It is typed at once: the field comes from the server, and no letter may go elsewhere meanwhile.
        await keyboard.TypeAsync("extra");
        await Assertions.Expect(visit.Find("prompt-name")).ToHaveValueAsync("extra");
        await keyboard.PressAsync("Enter");
        await Assertions.Expect(visit.Page.Locator("[data-key='job/extra']")).ToBeFocusedAsync();
        await visit.Page.Locator("[data-key='file/f']").FocusAsync();
        await keyboard.PressAsync("c");
        await visit.Page.Locator("[data-key='job/extra']").FocusAsync();
        await keyboard.PressAsync("Enter");
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-edge='file/f>job/extra']"));

        // Nudged, taken away, and all of it undone.
        await visit.Page.Locator("[data-key='job/extra']").FocusAsync();
        await keyboard.PressAsync("Shift+ArrowDown");
        await keyboard.PressAsync("Shift+ArrowDown");
        await visit.Page.WaitForFunctionAsync("() => document.querySelector('[data-testid=undo]').title.startsWith('Undo: Move extra')");
        await keyboard.PressAsync(" ");
        await Assertions.Expect(visit.Find("panel").Locator(":focus")).ToHaveCountAsync(1);
        await visit.Page.Locator("[data-key='job/extra']").FocusAsync();
        await keyboard.PressAsync("Delete");
        await Assertions.Expect(visit.Page.Locator("[data-key='job/extra']")).ToHaveCountAsync(0);
        for (int steps = 5; steps > 0; steps--)
        {
            await keyboard.PressAsync("Control+z");
            await Assertions.Expect(visit.Page.Locator("[data-testid=steps] .torc-number")).ToHaveTextAsync((steps - 1).ToString(CultureInfo.InvariantCulture));
        }

        Assert.Equal(Text, await ShownAsync(visit));
        visit.AssertQuiet();
    }

    [Fact]
    public async Task Copies_travel_as_the_JSON_of_a_spec()
    {
        await using var site = await FakeSite.StartAsync();
        var visit = await OpenAsync(site);
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

        Assert.StartsWith(Text[..Text.IndexOf("files:", StringComparison.Ordinal)], await ShownAsync(visit), StringComparison.Ordinal);
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
        var visit = await OpenAsync(site, Mixed);

        await visit.Page.EvaluateAsync("text => document.querySelector('[data-testid=text]').torcText.editor.executeEdits('type', [{ range: { startLineNumber: 4, startColumn: 18, endLineNumber: 4, endColumn: 18 }, text }])", $" {piece}\n");
        await KeptAsync(visit, Mixed.Replace("echo", $"echo {piece}\r\n", StringComparison.Ordinal));
        await visit.Page.Locator("[data-key='job/a'] .torc-node-name").ClickAsync();
        await visit.Find("thing-name").FillAsync("first");
        await visit.Find("thing-name").PressAsync("Enter");

        string now = await KeptAsync(visit, Mixed.Replace("echo", $"echo {piece}\r\n", StringComparison.Ordinal).Replace("name: a", "name: first", StringComparison.Ordinal));
        await Waiting.UntilAsync(() => ShownAsync(visit), text => text == now[1..].Replace("\r", "", StringComparison.Ordinal), "the page shows it");
        visit.AssertQuiet();
    }

    [Fact]
    public async Task Two_tabs_write_one_text_and_say_so()
    {
        await using var site = await FakeSite.StartAsync();
        var one = await OpenAsync(site);
        var other = await Visit.StartAsync(chromium, site.Address);
        await other.GoAsync("/drafts/1");
        await Visit.AssertSoonAsync(other.Page.Locator("[data-testid=text][data-ready]"));
        await Assertions.Expect(other.Find("two-tabs")).ToBeVisibleAsync();

        await one.Page.Locator("[data-key='job/b'] .torc-node-name").ClickAsync();
        await one.Page.Keyboard.PressAsync("Delete");

        await Assertions.Expect(other.Page.Locator("[data-key='job/b']")).ToHaveCountAsync(0);
        await Waiting.UntilAsync(() => ShownAsync(other), text => !text.Contains("name: b", StringComparison.Ordinal), "the other tab's text is without b");
    }

    [Fact]
    public async Task A_version_that_was_saved_meanwhile_is_not_overwritten_unasked()
    {
        await using var site = await FakeSite.StartAsync();
        site.Workflows.Specs = ["name: theirs\njobs: []\n"];
        var visit = await OpenAsync(site);

        site.Drafts.Saving = new DraftSaving.Done(site.Workflows.Add(Diamond.Definition), 1, "/jobs");
        await visit.Find("save").ClickAsync();
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-testid=draft-state][data-saved]"));
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
        await Waiting.UntilAsync(() => ShownAsync(visit), text => text.Contains("theirs", StringComparison.Ordinal), "their text is there");
        await visit.Find("undo").ClickAsync();
        await Waiting.UntilAsync(() => ShownAsync(visit), text => text.Contains("makes f", StringComparison.Ordinal), "mine is back");
    }

    // Of the draft as the server has it, to the last character.
    private static Task<string> KeptAsync(Visit visit, string expected) => Waiting.UntilAsync(
        () => visit.Page.EvaluateAsync<string>("() => fetch('../api/v1/drafts/1/text').then(answer => answer.arrayBuffer()).then(bytes => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes))"),
        text => text == expected,
        "the server has the text");

    private async Task<Visit> OpenAsync(FakeSite site, string text = Text)
    {
        long id = await site.DraftAsync(text, "small.yaml");
        var visit = await Visit.StartAsync(chromium, site.Address);
        await visit.GoAsync(string.Create(CultureInfo.InvariantCulture, $"/drafts/{id}"));
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-testid=canvas][data-ready]"));
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-testid=text][data-ready]"));
        return visit;
    }

    private static Task<string> ShownAsync(Visit visit) => visit.Page.EvaluateAsync<string>("() => document.querySelector('[data-testid=text]').torcText.value()");
}
