using Deque.AxeCore.Commons;
using Microsoft.Playwright;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.Browser;

/// <summary>Every page as a keyboard, a screen reader and weak eyes meet it: axe-core holds it against WCAG 2.2 AA.</summary>
[Collection(BrowserCollection.Name)]
public sealed class AccessibilityTests(Chromium chromium)
{
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    private static readonly string[] All = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

    /// <summary>What a theme can break.</summary>
    private static readonly string[] OfColours = ["color-contrast", "link-in-text-block"];

    /// <summary>What is folded away is read by somebody, too. A few places stand for all where a rule is broken.</summary>
    private const string Look = """
        async rules => {
            document.querySelectorAll('details').forEach(details => details.open = true);
            await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
            const found = await axe.run(document, { runOnly: rules, resultTypes: ['violations'] });
            return found.violations
                .filter(violation => violation.impact === 'serious' || violation.impact === 'critical')
                .map(violation => `${violation.id}: ${violation.help}, ${violation.nodes.length} times: ${violation.nodes.slice(0, 4).map(node => `\n    ${node.target} ${node.html} ${node.any[0]?.message ?? ''}`).join('')}`);
        }
        """;

    private static readonly (ColorScheme Theme, int Width, string[] Rules)[] Looks =
        [(ColorScheme.Light, 1400, All), (ColorScheme.Dark, 1400, OfColours), (ColorScheme.Dark, 360, All), (ColorScheme.Light, 360, OfColours)];

    [Fact]
    public async Task No_page_and_no_dialog_keeps_anybody_out_in_both_themes_wide_and_narrow()
    {
        await using var site = await FakeSite.StartAsync();
        var visit = await Visit.StartAsync(chromium, site.Address);
        var barriers = new List<string>();

        foreach (var stop in Tour.Of(site, jobs: 10).Stops)
        {
            await stop.ArriveAsync(visit);
            await visit.Page.EvaluateAsync(Axe);
            foreach (var (theme, width, rules) in Looks)
            {
                await visit.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = theme, ReducedMotion = ReducedMotion.Reduce });
                await visit.Page.SetViewportSizeAsync(width, 900);
                string[] found = await visit.Page.EvaluateAsync<string[]>(Look, rules);
                barriers.AddRange(found.Select(barrier => $"{stop.Name}, {theme}, {width}: {barrier}"));
            }

            await visit.Page.SetViewportSizeAsync(1400, 900);
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
}
