using System.Text.Json;
using Torc.Shared.Contracts;
using Torc.Shared.Reruns;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.EndToEnd;

/// <summary><c>torc why</c>, with real processes.</summary>
public sealed class WhyTests
{
    [Fact]
    public async Task The_command_line_says_why_a_job_is_not_running()
    {
        await using var site = await Site.StartAsync(cpus: 2);
        var workflow = await site.RunAsync("""
            name: picky
            jobs:
              - {name: picky, command: "true", label: bigmem}
              - {name: after, command: "true", depends_on: [picky]}
            """);

        // The agent connects after the server listens.
        var picky = await Waiting.UntilAsync(
            () => site.TorcAsync("why", workflow.ToString(), "picky"),
            answer => !answer.Output.Contains("no node is connected", StringComparison.Ordinal),
            "a node is connected",
            Site.Patience);
        var after = await site.TorcAsync("why", "picky", "after");
        var unknown = await site.TorcAsync("why", "last", "pcky");

        Assert.Equal((0, "picky is ready. Needs a node with label bigmem; no connected node has it (1 node checked)."), (picky.ExitCode, picky.Output.Trim()));
        Assert.Equal((0, "after is blocked. Waits for picky."), (after.ExitCode, after.Output.Trim()));
        Assert.Equal((5, $"Workflow {workflow} has no job named \"pcky\". To see its jobs: torc show {workflow}"), (unknown.ExitCode, unknown.Output.Trim()));

        await site.TorcAsync("stop", workflow.ToString(), "--yes");
        await site.EndAsync(workflow);
        Assert.StartsWith("after is canceled. Cancelled: stopped by", (await site.TorcAsync("why", "last", "after")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_job_that_waits_says_for_what_and_one_that_waits_for_a_gpu_runs_as_soon_as_there_is_one()
    {
        await using var site = Site.Empty();
        await site.StartServerAloneAsync();
        await site.StartAgentAsync("small", "--cpus", "2", "--memory", "4g", "--gpus", "0");
        await WriteAsync(site, "waits.yaml", """
            name: waits
            jobs:
              - {name: A, command: "while [ -e a ]; do sleep 0.05; done", resource_requirements: {num_cpus: 1, num_gpus: 1, memory: 64m}}
              - {name: B, command: "true", resource_requirements: {num_cpus: 1, memory: 64g}}
              - {name: C, command: "true", depends_on: [A]}
              - {name: D, command: "true", resource_requirements: {num_cpus: 2, memory: 64m}}
              - {name: E, command: "while [ -e e ]; do sleep 0.05; done", priority: 1, resource_requirements: {num_cpus: 1, memory: 64m}}
            """);
        await WriteAsync(site, "a", "");
        await WriteAsync(site, "e", "");

        var created = await site.TorcAsync("run", "waits.yaml");

        Assert.True(created.ExitCode == 0, created.Output);
        Assert.Contains("TORC130", created.Output, StringComparison.Ordinal);
        Assert.Contains("job \"B\" needs 64 GiB of memory; the largest node that is known has 4 GiB", created.Output, StringComparison.Ordinal);
        await UntilAsync(site, "E", "E is running. It runs on small.");
        await UntilAsync(site, "D", "D is ready. Waits for 2 CPUs; 1 of 2 on small are in use");
        await UntilAsync(site, "A", "A is ready. Needs 1 GPU; no connected node has one (1 node checked).");
        const string tooLarge = "B is ready. Needs 64 GiB; the largest connected node, small, has 4 GiB (1 node checked).";
        await UntilAsync(site, "B", tooLarge);
        await UntilAsync(site, "C", "C is blocked. Waits for A.");

        await site.StartAgentAsync("gpu", "--cpus", "1", "--memory", "1g", "--gpus", "1");

        await UntilAsync(site, "A", "A is running. It runs on gpu.", TimeSpan.FromSeconds(10));
        File.Delete(Path.Combine(site.Work, "a"));
        await UntilAsync(site, "C", "C is completed.");
        await UntilAsync(site, "B", tooLarge.Replace("(1 node", "(2 nodes", StringComparison.Ordinal));
        File.Delete(Path.Combine(site.Work, "e"));
        await UntilAsync(site, "D", "D is completed.");
    }

    [Fact]
    public async Task A_job_whose_node_and_keeper_died_is_unknown_until_somebody_says_that_the_node_is_gone()
    {
        await using var site = Site.Empty();
        await site.StartServerAloneAsync();
        await site.StartAgentAsync("gpu", "--cpus", "1", "--memory", "1g", "--gpus", "1");
        await WriteAsync(site, "long.yaml", "{name: long, jobs: [{name: A, command: 'while [ -e a ]; do sleep 0.05; done', resource_requirements: {num_cpus: 1, num_gpus: 1, memory: 64m}}]}");
        await WriteAsync(site, "a", "");
        Assert.Equal(0, (await site.TorcAsync("run", "long.yaml")).ExitCode);
        await UntilAsync(site, "A", "A is running. It runs on gpu.");

        await site.KillNodeAsync("gpu");

        await UntilAsync(site, "A", "A was last seen running. Unknown: node gpu, where it was seen last, was not heard since 20", TimeSpan.FromSeconds(30));
        Assert.Equal("A\tunknown", (await site.TorcAsync("show", "last", "--columns", "job,status", "--tsv", "--no-header")).Output.Trim());
        Assert.Contains("\"unknown_since\":\"20", (await site.TorcAsync("show", "last", "--json")).Output, StringComparison.Ordinal);

        Assert.Equal((0, "Nothing waits for gpu any more."), Trimmed(await site.TorcAsync("nodes", "gone", "1", "--yes")));

        await UntilAsync(site, "A", "A is failed. Lost: nobody saw how it ended: ");
        var plan = JsonSerializer.Deserialize((await site.TorcAsync("plan", "last", "--json")).Output, TorcJson.Default.RerunPlanView)!;
        Assert.Equal(ReasonCode.NodeLost, Assert.Single(plan.Jobs).Reasons[0].Code);
    }

    private static Task UntilAsync(Site site, string job, string said, TimeSpan? patience = null) => Waiting.UntilAsync(
        () => site.TorcAsync("why", "last", job), answer => answer.Output.StartsWith(said, StringComparison.Ordinal), $"it says: {said}", patience ?? Site.Patience);

    private static Task WriteAsync(Site site, string name, string text) => File.WriteAllTextAsync(Path.Combine(site.Work, name), text, TestContext.Current.CancellationToken);

    private static (int ExitCode, string Output) Trimmed((int ExitCode, string Output) answer) => (answer.ExitCode, answer.Output.Trim());
}
