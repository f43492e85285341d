using System.Globalization;
using Microsoft.Playwright;
using Torc.Tests.Support;

namespace Torc.Tests.Browser;

/// <summary>Somebody who looks at a draft in the editor.</summary>
internal static class EditorVisit
{
    /// <summary>Opens a new draft of a text.</summary>
    public static async Task<Visit> OpenDraftAsync(this Chromium chromium, FakeSite site, string text)
    {
        long id = await site.DraftAsync(text, "small.yaml");
        var visit = await Visit.StartAsync(chromium, site.Address);
        await visit.GoAsync(string.Create(CultureInfo.InvariantCulture, $"/drafts/{id}"));
        await visit.EditorReadyAsync();
        return visit;
    }

    /// <summary>Until canvas and text can be used, where the view has them.</summary>
    public static async Task EditorReadyAsync(this Visit visit)
    {
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-testid=canvas][data-ready]"));
        if (await visit.Page.Locator("[data-testid=editor][data-view=canvas]").CountAsync() == 0)
        {
            await Visit.AssertSoonAsync(visit.Page.Locator("[data-testid=text][data-ready]"));
        }
    }

    public static ILocator Thing(this Visit visit, string key) => visit.Page.Locator($".torc-thing[data-key='{key}']");

    public static ILocator Edge(this Visit visit, string from, string to) => visit.Page.Locator($"[data-testid=edge][data-edge='{from}>{to}']");

    /// <summary>The text that the page shows.</summary>
    public static Task<string> ShownTextAsync(this Visit visit) => visit.Page.EvaluateAsync<string>("() => document.querySelector('[data-testid=text]').torcText.value()");

    /// <summary>Until the text that the page shows has a piece.</summary>
    public static Task<string> TextSaysAsync(this Visit visit, string piece) =>
        Waiting.UntilAsync(visit.ShownTextAsync, text => text.Contains(piece, StringComparison.Ordinal), $"the text says {piece}");

    /// <summary>Until the newest step has such a title.</summary>
    public static Task StepIsAsync(this Visit visit, string title) =>
        visit.Page.WaitForFunctionAsync("title => document.querySelector('[data-testid=undo]').title.startsWith(`Undo: ${title}`)", title);

    /// <summary>Saves the draft as the first version of a workflow, and waits until that is kept.</summary>
    public static async Task SaveAsync(this Visit visit)
    {
        await visit.Find("save").ClickAsync();
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-testid=draft-state][data-saved][data-kept]"));
    }
}
