using System.Net;
using System.Net.Http.Json;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.EndToEnd;

/// <summary>People end workflows and give up nodes, with real processes.</summary>
public sealed class StopTests
{
    private const string LongAndWaiting = """
        name: long
        jobs:
          - {name: long, command: "sleep 300"}
          - {name: after, command: "true", depends_on: [long]}
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_workflow_is_stopped_from_the_command_line()
    {
        await using var site = await Site.StartAsync(cpus: 2);
        var workflow = await site.RunAsync(LongAndWaiting);
        await site.JobsAsync(workflow, jobs => jobs[0].Status == JobStatus.Running, "it runs");

        var asked = await site.TorcAsync("stop", workflow.ToString());
        var stopped = await site.TorcAsync("stop", workflow.ToString(), "--yes");
        await site.EndAsync(workflow);
        var again = await site.TorcAsync("stop", workflow.ToString(), "--yes");

        Assert.Equal((2, $"End all jobs of workflow {workflow}? There is nobody to ask here: add --yes."), (asked.ExitCode, asked.Output.Trim()));
        Assert.Equal(0, stopped.ExitCode);
        Assert.Contains("Nothing to stop", again.Output, StringComparison.Ordinal);
        Assert.Equal(9, again.ExitCode);
        var jobs = await site.JobsAsync(workflow);
        Assert.Equal(JobStatus.Terminated, jobs[0].Status);
        Assert.StartsWith("Stopped: stopped by", jobs[0].Reason, StringComparison.Ordinal);
        Assert.StartsWith("Cancelled: stopped by", jobs[1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_job_is_stopped_by_name_and_another_name_is_refused()
    {
        await using var site = await Site.StartAsync(cpus: 2);
        var workflow = await site.RunAsync(LongAndWaiting);

        var unknown = await site.TorcAsync("stop", workflow.ToString(), "--job", "lng", "--yes");
        var known = await site.TorcAsync("stop", workflow.ToString(), "--job", "after", "--yes");

        Assert.Equal(5, unknown.ExitCode);
        Assert.Contains($"Workflow {workflow} has no job \"lng\".", unknown.Output, StringComparison.Ordinal);
        Assert.Equal(0, known.ExitCode);
        Assert.Equal(JobStatus.Canceled, (await site.JobsAsync(workflow))[1].Status);
        await site.TorcAsync("stop", workflow.ToString(), "--yes");
        await site.EndAsync(workflow);
    }

    [Fact]
    public async Task A_node_is_listed_and_cannot_be_given_up_while_it_is_heard()
    {
        await using var site = await Site.StartAsync(cpus: 2);
        var nodes = await Waiting.UntilAsync(
            () => site.Http.GetFromJsonAsync("/api/v1/nodes", TorcJson.Default.IReadOnlyListNodeView, Cancel),
            nodes => nodes is [{ IsConnected: true }],
            "the node is connected",
            Site.Patience);

        var listed = await site.TorcAsync("nodes");
        using var gone = await site.Http.PostAsync($"/api/v1/nodes/{nodes![0].Id}/gone", content: null, Cancel);
        using var unknown = await site.Http.PostAsync("/api/v1/nodes/77/gone", content: null, Cancel);

        Assert.Contains("connected", listed.Output, StringComparison.Ordinal);
        Assert.Contains("2/2", listed.Output, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, gone.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }
}
