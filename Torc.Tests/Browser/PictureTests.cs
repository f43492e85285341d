using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.Browser;

/// <summary>Every page at two sizes and in both themes. <c>./torc-pictures</c> keeps them for whoever wants to see what Torc looks like.</summary>
[Collection(BrowserCollection.Name)]
public sealed class PictureTests(Chromium chromium)
{
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
        }
    }

    private async Task LookAroundAsync(bool dark, int jobs)
    {
        await using var site = await FakeSite.StartAsync();
        var visit = await Visit.StartAsync(chromium, site.Address, dark);

        foreach (var stop in Tour.Of(site, jobs).Stops)
        {
            await stop.ArriveAsync(visit);
            await visit.KeepPictureAsync($"{stop.Name}-{jobs}-{(dark ? "dark" : "light")}");
            Assert.True(await visit.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), $"{stop.Name} is no wider than the window");
            Assert.Equal(0, await visit.Page.Locator(".torc-broken:visible").CountAsync());
        }

        visit.AssertQuiet();
    }
}
