using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.Browser;

/// <summary>Every page at two sizes and in both themes. <c>./torc-pictures</c> keeps them for whoever wants to see what Torc looks like.</summary>
[Collection(BrowserCollection.Name)]
public sealed class PictureTests(Chromium chromium)
{
    private const int Wide = 1400;
    private const int Narrow = 360;
    private const int Height = 900;

    /// <summary>Words that lie over the next cell of their table, and tables that have to be moved to be read.</summary>
    private const string CutOff = """
        () => [...document.querySelectorAll('td, th, .torc-scroll')]
            .filter(box => box.checkVisibility() && box.clientWidth > 1 && box.scrollWidth > box.clientWidth + 1)
            .map(box => `${box.scrollWidth} of ${box.clientWidth}: ${box.textContent.trim().slice(0, 60)}`)
        """;

    [Fact]
    public async Task Every_page_is_whole_with_a_thousand_jobs_in_its_workflow()
    {
        await LookAroundAsync(dark: true, 1_000);
        // The rest is looked at by AccessibilityTests, which keep no pictures.
        if (Visit.KeepsPictures)
        {
            await LookAroundAsync(dark: false, 1_000);
            await LookAroundAsync(dark: true, 10);
            await LookAroundAsync(dark: false, 10);
            await LookAroundAsync(dark: false, 10, Narrow);
        }
    }

    private async Task LookAroundAsync(bool dark, int jobs, int width = Wide)
    {
        await using var site = await FakeSite.StartAsync();
        var visit = await Visit.StartAsync(chromium, site.Address, dark);
        var cutOff = new List<string>();

        foreach (var stop in Tour.Of(site, jobs).Stops)
        {
            // What a stop waits for is shown on a wide page.
            await visit.Page.SetViewportSizeAsync(Wide, Height);
            await stop.ArriveAsync(visit);
            await visit.Page.SetViewportSizeAsync(width, Height);
            await visit.KeepPictureAsync($"{stop.Name}-{jobs}-{(dark ? "dark" : "light")}{(width == Wide ? "" : "-narrow")}");
            Assert.True(await visit.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), $"{stop.Name} is no wider than the window");
            Assert.Equal(0, await visit.Page.Locator(".torc-broken:visible").CountAsync());
            cutOff.AddRange(width == Narrow ? [] : (await visit.Page.EvaluateAsync<string[]>(CutOff)).Select(words => $"{stop.Name}, {words}"));
        }

        Assert.True(cutOff.Count == 0, string.Join('\n', cutOff));
        visit.AssertQuiet();
    }
}
