using Microsoft.Playwright;
using Torc.Shared.Jobs;
using Torc.Tests.EndToEnd;
using Xunit;

namespace Torc.Tests.Browser;

/// <summary>Why a job is not running, on its page and on the command line.</summary>
[Collection(BrowserCollection.Name)]
public sealed class WaitingReasonsTests(Chromium chromium)
{
    private const string Spec = """
        name: waits
        jobs:
          - {name: A, command: "true", resource_requirements: {num_cpus: 1, num_gpus: 1, memory: 64m}}
          - {name: B, command: "true", resource_requirements: {num_cpus: 1, memory: 64g}}
          - {name: C, command: "true", depends_on: [A]}
          - {name: D, command: "true", resource_requirements: {num_cpus: 2, memory: 64m}}
          - {name: E, command: "while [ ! -e go ]; do sleep 0.05; done", priority: 1, resource_requirements: {num_cpus: 1, memory: 64m}}
        """;

    [Fact]
    public async Task A_job_whose_node_and_keeper_died_is_unknown_on_its_page_until_the_node_is_back()
    {
        await using var site = Site.Empty();
        await site.StartServerAloneAsync();
        await site.StartAgentAsync("small", "--cpus", "1", "--memory", "1g", "--gpus", "0");
        var id = await site.RunAsync("{name: long, jobs: [{name: A, command: 'while [ ! -e go ]; do sleep 0.05; done', resource_requirements: {num_cpus: 1, memory: 64m}}]}");
        var visit = await Visit.StartAsync(chromium, site.Http.BaseAddress!);
        await visit.GoAsync($"/workflows/{id}");
        await Visit.AssertSoonAsync(visit.Job("A", "running"));

        await site.KillNodeAsync("small");

        await Visit.AssertSoonAsync(visit.Job("A", "unknown"));
        Assert.Equal(1, visit.Navigations);
        await visit.Page.ReloadAsync();
        await Visit.AssertSoonAsync(visit.Job("A", "unknown"));
        await visit.KeepPictureAsync("unknown-for-real");
        int navigations = visit.Navigations;
        await File.WriteAllTextAsync(Path.Combine(site.Work, "go"), "", TestContext.Current.CancellationToken);
        await site.StartAgentAsync("small", "--cpus", "1", "--memory", "1g", "--gpus", "0");

        await Assertions.Expect(visit.Page.Locator("[data-testid=job-node][data-job=A][data-status=unknown]")).ToHaveCountAsync(0);
        Assert.Equal(navigations, visit.Navigations);
        visit.AssertQuiet();
    }

    [Fact]
    public async Task The_page_and_the_command_line_say_the_same_and_the_page_sees_it_end_without_a_reload()
    {
        await using var site = Site.Empty();
        await site.StartServerAloneAsync();
        await site.StartAgentAsync("small", "--cpus", "2", "--memory", "4g", "--gpus", "0");
        var id = await site.RunAsync(Spec);
        await site.JobsAsync(id, jobs => jobs[4].Status == JobStatus.Running, "E holds a core");
        var visit = await Visit.StartAsync(chromium, site.Http.BaseAddress!);
        await visit.GoAsync($"/workflows/{id}");
        await Visit.AssertSoonAsync(visit.Job("E", "running"));
        int navigations = visit.Navigations;
        (string Job, string Status, string Part)[] expected =
        [
            ("A", "ready", "Needs 1 GPU; no connected node has one (1 node checked)."),
            ("B", "ready", "the largest connected node, small, has 4 GiB"),
            ("C", "blocked", "Waits for A."),
            ("D", "ready", "Waits for 2 CPUs; 1 of 2 on small are in use"),
        ];

        foreach (var (job, status, part) in expected)
        {
            await visit.Job(job, status).ClickAsync();
            var reason = visit.Page.Locator($"[data-testid=inspector][data-job={job}] [data-testid=reason]");
            await Assertions.Expect(reason).ToContainTextAsync(part);
            string shown = (await reason.TextContentAsync())!;
            Assert.Equal($"{job} is {status}. {shown}", (await site.TorcAsync("why", "last", job)).Output.Trim());
        }

        await visit.KeepPictureAsync("why");
        await site.StartAgentAsync("gpu", "--cpus", "1", "--memory", "1g", "--gpus", "1");

        await Visit.AssertSoonAsync(visit.Job("C", "completed"));
        await Visit.AssertSoonAsync(visit.Job("B", "ready"));
        await File.WriteAllTextAsync(Path.Combine(site.Work, "go"), "", TestContext.Current.CancellationToken);
        await Visit.AssertSoonAsync(visit.Job("D", "completed"));
        Assert.Equal(navigations + expected.Length, visit.Navigations);
        visit.AssertQuiet();
    }
}
