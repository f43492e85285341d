using Torc.Shared.Jobs;
using Torc.Shared.Workflows;
using Xunit;

namespace Torc.Tests.EndToEnd;

/// <summary>A workflow with an action for each trigger, with real processes: each writes a line when it is done.</summary>
public sealed class ActionTests
{
    private const string Spec = """
        name: noted
        files: [{name: half, path: half.txt}, {name: whole, path: whole.txt}]
        jobs:
          - {name: first, command: "echo first >> noted; echo half > half.txt", output_files: [half]}
          - {name: second, command: "echo second >> noted; cat half.txt half.txt > whole.txt", input_files: [half], output_files: [whole]}
        actions:
          - {trigger_type: on_workflow_start, action_type: run_commands, commands: [echo on_workflow_start >> noted]}
          - {trigger_type: on_worker_start, action_type: run_commands, commands: [echo on_worker_start >> noted]}
          - {trigger_type: on_jobs_ready, action_type: run_commands, jobs: [second], commands: [echo on_jobs_ready >> noted]}
          - {trigger_type: on_jobs_complete, action_type: run_commands, jobs: [first], commands: [echo on_jobs_complete >> noted]}
          - {trigger_type: on_worker_complete, action_type: run_commands, commands: [echo on_worker_complete >> noted]}
          - {trigger_type: on_workflow_complete, action_type: run_commands, commands: [echo on_workflow_complete >> noted]}
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_action_is_done_exactly_once_in_every_run_in_which_what_sets_it_off_happens()
    {
        await using var site = await Site.StartAsync(cpus: 2);
        var workflow = await site.RunAsync(Spec);
        Assert.Equal(WorkflowStatus.Completed, (await site.EndAsync(workflow)).Status);

        string[] firstRun = await NotedAsync(site);
        Assert.Equal(["first", "on_jobs_complete", "on_jobs_ready", "on_worker_complete", "on_worker_start", "on_workflow_complete", "on_workflow_start", "second"], firstRun.Order(StringComparer.Ordinal));
        Assert.Equal(["on_workflow_start", "on_worker_start", "first"], firstRun[..3]);
        Assert.Equal(["on_worker_complete", "on_workflow_complete"], firstRun[^2..]);
        Assert.True(firstRun.IndexOf("on_jobs_ready") < firstRun.IndexOf("second"));

        var (exitCode, output) = await site.TorcAsync("rerun", "last", "--select", "second", "--yes");
        Assert.True(exitCode == 0, output);
        Assert.Equal((WorkflowStatus.Completed, 2), ((await site.EndAsync(workflow)).Status, (await site.EndAsync(workflow)).Run));

        string[] secondRun = (await NotedAsync(site))[firstRun.Length..];
        Assert.Equal(["on_workflow_start", "on_worker_start", "on_jobs_ready", "second", "on_worker_complete", "on_workflow_complete"], secondRun);
        var jobs = await site.JobsAsync(workflow);
        Assert.Equal(
            ["first 1 ", "second 2 ", "on_workflow_start 2 OnWorkflowStart", "on_worker_start 2 OnWorkerStart", "on_jobs_ready 2 OnJobsReady", "on_jobs_complete 1 OnJobsComplete",
                "on_worker_complete 2 OnWorkerComplete", "on_workflow_complete 2 OnWorkflowComplete"],
            jobs.Select(job => $"{job.Name} {job.Attempt} {job.Trigger}"));
        Assert.All(jobs, job => Assert.Equal(JobStatus.Completed, job.Status));
    }

    [Fact]
    public async Task An_action_that_another_spec_brings_holds_up_no_run_in_which_nothing_sets_it_off()
    {
        await using var site = await Site.StartAsync(cpus: 2);
        var workflow = await site.RunAsync(Spec);
        Assert.Equal(WorkflowStatus.Completed, (await site.EndAsync(workflow)).Status);
        int before = (await NotedAsync(site)).Length;
        await File.WriteAllTextAsync(
            Path.Combine(site.Work, "spec.yaml"),
            $"{Spec}\n  - {{trigger_type: on_jobs_complete, action_type: run_commands, jobs: [second], commands: [echo on_jobs_complete_2 >> noted]}}\n",
            Cancel);

        Assert.Equal(0, (await site.TorcAsync("spec", "set", "last", "spec.yaml")).ExitCode);
        var (exitCode, output) = await site.TorcAsync("rerun", "last", "--select", "first", "--only", "--yes");
        Assert.True(exitCode == 0, output);
        Assert.Equal((WorkflowStatus.Completed, 2), ((await site.EndAsync(workflow)).Status, (await site.EndAsync(workflow)).Run));

        Assert.Equal(
            ["on_workflow_start", "on_worker_start", "first", "on_jobs_complete", "on_worker_complete", "on_workflow_complete"], (await NotedAsync(site))[before..]);
        Assert.Equal((JobStatus.Uninitialized, 0), (await site.JobsAsync(workflow)).Where(job => job.Name == "on_jobs_complete_2").Select(job => (job.Status, job.Attempt)).Single());
    }

    private static Task<string[]> NotedAsync(Site site) => File.ReadAllLinesAsync(Path.Combine(site.Work, "noted"), Cancel);
}
