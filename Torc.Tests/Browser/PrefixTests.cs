using Microsoft.Playwright;
using Torc.Tests.EndToEnd;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.Browser;

/// <summary>A server that a site's proxy offers under a prefix.</summary>
[Collection(BrowserCollection.Name)]
public sealed class PrefixTests(Chromium chromium)
{
    private const string Spec = """
        name: behind
        jobs:
          - {name: first, command: "echo one; while [ ! -e go ]; do sleep 0.05; done; echo two; exit 1"}
          - {name: second, command: "true", depends_on: [first]}
        """;

    [Fact]
    public async Task Everything_works_under_a_prefix_and_nothing_is_asked_outside_of_it()
    {
        await using var proxy = await PrefixProxy.StartAsync("/torc");
        await using var site = Site.Empty();
        await site.StartServerAsync(2, "--public-url", proxy.Address.ToString());
        proxy.Server = site.Http.BaseAddress;
        var id = await site.RunAsync(Spec);
        var visit = await Visit.StartAsync(chromium, proxy.Address);

        var (_, link) = await site.TorcAsync("login");
        await visit.GoAsync(link.Trim());
        Assert.Equal(proxy.Address, new Uri(visit.Page.Url));
        await visit.Find("running").ClickAsync();
        await visit.Job("first", "running").ClickAsync();
        await Visit.AssertSoonAsync(visit.Find("log-line").GetByText("one"));
        await File.WriteAllTextAsync(Path.Combine(site.Work, "go"), "", TestContext.Current.CancellationToken);
        await Visit.AssertSoonAsync(visit.Job("first", "failed"));

        await visit.Find("open-job").ClickAsync();
        await visit.Find("tab-log").ClickAsync();
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-testid=log-line][data-n='2']"));
        var download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Find("log-download").ClickAsync());
        Assert.StartsWith(proxy.Address.ToString(), download.Url, StringComparison.Ordinal);
        Assert.Equal("one\ntwo\n", await File.ReadAllTextAsync((await download.PathAsync())!, TestContext.Current.CancellationToken));

        // Others leave the prefix in the path, and a page is opened anew.
        proxy.KeepsPrefix = true;
        await visit.GoAsync($"workflows/{id}");
        await visit.Find("rerun").ClickAsync();
        await Assertions.Expect(visit.Page.Locator("[data-testid=rerun-dialog] [data-testid=rerun-plan-row][data-action=run]")).ToHaveCountAsync(2);
        await visit.Find("rerun-confirm").ClickAsync();
        await Visit.AssertSoonAsync(visit.Find("workflow").GetByText("run #2"));

        await visit.GoAsync("workflows");
        await visit.Find("new-workflow").ClickAsync();
        await visit.Find("spec-input").SetInputFilesAsync(new FilePayload { Name = "sent.yaml", MimeType = "application/yaml", Buffer = "{name: sent, jobs: [{name: a, command: 'true'}]}"u8.ToArray() });
        await visit.Find("create-and-run").ClickAsync();
        await Visit.AssertSoonAsync(visit.Job("a", "completed"));

        Assert.Contains(visit.Asked, url => url.Scheme == "ws");
        Assert.All(visit.Asked, url => Assert.StartsWith("/torc/", url.AbsolutePath, StringComparison.Ordinal));
        visit.AssertQuiet();
    }
}
