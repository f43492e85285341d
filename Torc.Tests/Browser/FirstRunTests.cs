using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using Torc.Tests.EndToEnd;
using Xunit;

namespace Torc.Tests.Browser;

/// <summary>The first minute of a new user: one command, one address, and everything is there.</summary>
[Collection(BrowserCollection.Name)]
public sealed class FirstRunTests(Chromium chromium)
{
    [Fact]
    public async Task One_command_shows_the_example_from_its_first_job_to_its_charts_without_a_reload()
    {
        await using var site = Site.Empty();
        await using var up = site.Start("up", "--example", "diamond", "--no-open", "--exit-when-done", "--port", "0");
        string dashboard = await up.LineAsync("Dashboard");
        var address = new Uri(dashboard.Split(' ')[^1]);
        var visit = await Visit.StartAsync(chromium, new Uri(address.GetLeftPart(UriPartial.Authority)));
        var seen = await Sightings.StartAsync(visit.Page);

        await visit.GoAsync($"{address.AbsolutePath}?job=work2");
        await Visit.AssertSoonAsync(visit.Find("job-node").First);
        Assert.Equal(4, await visit.Find("job-node").CountAsync());
        Assert.Equal(6, await visit.Find("file-node").CountAsync());
        int navigations = visit.Navigations;
        await Assertions.Expect(visit.Page.Locator("[data-testid=job-node][data-status=completed]")).ToHaveCountAsync(4, Within(Site.Patience));

        Assert.Equal(navigations, visit.Navigations);
        Assert.Equal(0, await up.ExitCodeAsync());
        var moments = await seen.ReadAsync();
        Assert.True(moments.Exists(moment => moment["work1"] == "running" && moment["work2"] == "running"), "the arms ran side by side");
        Assert.All(
            moments.TakeWhile(moment => moment["preprocess"] != "completed"),
            moment => Assert.Equal(("blocked", "blocked", "blocked"), (moment["work1"], moment["work2"], moment["postprocess"])));
        await ChartAsync(visit);
        Assert.True(File.Exists(Path.Combine(site.Work, "diamond", "f5.json")));
        visit.AssertQuiet();
    }

    private static async Task ChartAsync(Visit visit)
    {
        var chart = visit.Page.Locator("[data-testid=chart][data-series=memory]");
        await Visit.AssertSoonAsync(chart);
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-testid=charts][data-ready]"));
        await visit.KeepPictureAsync("first-run");
        Assert.InRange(await NumberAsync("data-points"), 10, 40);
        Assert.InRange(await NumberAsync("data-max"), 290L << 20, 340L << 20);
        Assert.Equal(512L << 20, await NumberAsync("data-bound"));

        async Task<long> NumberAsync(string attribute) => long.Parse((await chart.GetAttributeAsync(attribute))!, CultureInfo.InvariantCulture);
    }

    private static LocatorAssertionsToHaveCountOptions Within(TimeSpan patience) => new() { Timeout = (float)patience.TotalMilliseconds };

    /// <summary>Notes in the page itself, at every change of a status, where each job stands: nothing in between is missed.</summary>
    private sealed class Sightings(IPage page)
    {
        private const string Watch = """
            window.torcSightings = [];
            new MutationObserver(() => {
                const nodes = [...document.querySelectorAll('[data-testid=job-node]')];
                if (nodes.length > 0) {
                    window.torcSightings.push(Object.fromEntries(nodes.map(node => [node.dataset.job, node.dataset.status])));
                }
            }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-status'] });
            """;

        public static async Task<Sightings> StartAsync(IPage page)
        {
            await page.AddInitScriptAsync(Watch);
            return new Sightings(page);
        }

        public async Task<List<Dictionary<string, string>>> ReadAsync()
        {
            string all = await page.EvaluateAsync<string>("() => JSON.stringify(window.torcSightings)");
            return JsonSerializer.Deserialize<List<Dictionary<string, string>>>(all)!.FindAll(moment => moment.Count == 4);
        }
    }
}
