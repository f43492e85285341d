using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.Browser;

/// <summary>Every page as a keyboard, a screen reader and weak eyes meet it: axe-core holds it against WCAG 2.2 AA.</summary>
[Collection(BrowserCollection.Name)]
public sealed class AccessibilityTests(Chromium chromium)
{
    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
        ResultTypes = [ResultType.Violations],
    };

    [Theory]
    [InlineData(false, 1400)]
    [InlineData(true, 1400)]
    [InlineData(false, 360)]
    [InlineData(true, 360)]
    public async Task No_page_and_no_dialog_keeps_anybody_out(bool dark, int width)
    {
        await using var site = await FakeSite.StartAsync();
        var visit = await Visit.StartAsync(chromium, site.Address, dark, width);
        var barriers = new List<string>();

        foreach (var stop in Tour.Of(site, jobs: 10).Stops)
        {
            await stop.ArriveAsync(visit);
            barriers.AddRange(await BarriersAsync(visit, stop.Name));
        }

        Assert.True(barriers.Count == 0, string.Join('\n', barriers));
        visit.AssertQuiet();
    }

    [Fact]
    public async Task Every_page_is_on_the_tour()
    {
        await using var site = await FakeSite.StartAsync();

        Assert.Equal(Tour.Routes, Tour.Of(site, jobs: 10).Stops.Select(stop => stop.Route).Distinct().Order(StringComparer.Ordinal));
    }

    private static async Task<IEnumerable<string>> BarriersAsync(Visit visit, string where)
    {
        // What is folded away is read by somebody, too.
        await visit.Page.EvaluateAsync("() => document.querySelectorAll('details').forEach(details => details.open = true)");
        var result = await visit.Page.RunAxe(Rules);
        return
            from violation in result.Violations
            where violation.Impact is "serious" or "critical"
            from node in violation.Nodes
            select $"{where}: {violation.Id}: {violation.Help}: {node.Target} {node.Html}";
    }
}
