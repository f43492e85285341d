using System.Globalization;
using Microsoft.Playwright;
using Torc.Shared.Workflows;
using Torc.Tests.EndToEnd;
using Xunit;

namespace Torc.Tests.Browser;

/// <summary>The server is killed while a job runs and somebody looks on.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ServerGoneTests(Chromium chromium)
{
    private const string Spec = """
        name: lasting
        jobs:
          - {name: before, command: "true"}
          - name: count
            depends_on: [before]
            command: |
              echo $$ > pid
              i=0
              while [ ! -e go ]; do i=$((i + 1)); echo "line $i"; sleep 0.02; done
              echo end
          - {name: after, command: "true", depends_on: [count]}
        """;

    [Fact]
    public async Task The_page_says_so_and_stays_and_comes_back_and_the_jobs_never_notice()
    {
        await using var site = await Site.StartAsync(cpus: 2);
        var id = await site.RunAsync(Spec);
        var visit = await Visit.StartAsync(chromium, site.Http.BaseAddress!);
        await visit.Page.SetViewportSizeAsync(1400, 420);
        await visit.GoAsync($"/workflows/{id}?job=count");
        await Visit.AssertSoonAsync(visit.Job("count", "running"));
        await Visit.AssertSoonAsync(visit.Find("log-line").First);
        string address = visit.Page.Url;
        int pid = int.Parse(await File.ReadAllTextAsync(Path.Combine(site.Work, "pid"), TestContext.Current.CancellationToken), CultureInfo.InvariantCulture);
        string port = site.Http.BaseAddress!.Port.ToString(CultureInfo.InvariantCulture);

        await site.KillServerAsync();

        await Assertions.Expect(Dot(visit, "paused")).ToBeVisibleAsync(new LocatorAssertionsToBeVisibleOptions { Timeout = 5_000 });
        Assert.Matches("^Paused since [0-9]{2}:[0-9]{2}:[0-9]{2}$", await Dot(visit, "paused").TextContentAsync());
        await AssertStaysAsync(visit);
        await visit.KeepPictureAsync("server-gone");
        Assert.True(Directory.Exists($"/proc/{pid}"), "the job goes on");

        await site.StartServerAsync(2, "--port", port);

        await Visit.AssertSoonAsync(Dot(visit, "live"));
        await Visit.AssertSoonAsync(visit.Job("count", "running"));
        Assert.Equal(address, visit.Page.Url);
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-testid=inspector][data-job=count]"));
        await Assertions.Expect(visit.Find("stop")).ToBeEnabledAsync();
        Assert.True(Directory.Exists($"/proc/{pid}"), "it is still the same process");
        await File.WriteAllTextAsync(Path.Combine(site.Work, "go"), "", TestContext.Current.CancellationToken);

        await Visit.AssertSoonAsync(visit.Job("after", "completed"));
        await Visit.AssertSoonAsync(visit.Find("log-line").GetByText("end"));
        Assert.Equal(WorkflowStatus.Completed, (await site.EndAsync(id)).Status);
        var jobs = await site.JobsAsync(id);
        Assert.All(jobs, job => Assert.Equal(1, job.Attempt));
        string[] log = (await site.Http.GetStringAsync($"/api/v1/jobs/{jobs[1].Id}/attempts/1/log/download?stream=stdout", TestContext.Current.CancellationToken)).TrimEnd('\n').Split('\n');
        Assert.Equal([.. Enumerable.Range(1, log.Length - 1).Select(line => $"line {line}"), "end"], log);
    }

    // What was shown is still there, can be scrolled and read, and says why nothing can be done.
    private static async Task AssertStaysAsync(Visit visit)
    {
        await Visit.AssertSoonAsync(visit.Page.GetByText("Live updates paused at"));
        await Visit.AssertSoonAsync(visit.Job("count", "running"));
        Assert.Equal(0, await visit.Page.Locator("dialog[open], .mud-overlay, #components-reconnect-modal").CountAsync());
        await Assertions.Expect(visit.Find("stop")).ToBeDisabledAsync();
        await Assertions.Expect(visit.Find("stop")).ToHaveAttributeAsync("title", "Not connected to the server right now.");
        await visit.Find("inspector").HoverAsync();
        await visit.Page.Mouse.WheelAsync(0, 300);
        await visit.Page.WaitForFunctionAsync("() => document.querySelector('.torc-inspector').scrollTop > 0");
    }

    private static ILocator Dot(Visit visit, string state) => visit.Page.Locator($"[data-testid=live-dot][data-state={state}]");
}
