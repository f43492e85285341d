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
}
