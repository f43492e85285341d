using System.Net.Http.Json;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Xunit;

namespace Torc.Tests.EndToEnd;

/// <summary>Jobs that fail and are mended, with real processes and files.</summary>
public sealed class RetryTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_script_that_makes_what_was_missing_lets_the_second_attempt_succeed_and_what_waits_for_it_runs()
    {
        await using var site = await Site.StartAsync(cpus: 2);
        var workflow = await site.RunAsync("""
            name: mended
            jobs:
              - {name: read, command: "cat part.txt > whole.txt || exit 5", output_files: [whole], failure_handler: fetch}
              - {name: count, command: "wc -l < whole.txt > count.txt", input_files: [whole]}
            files: [{name: whole, path: whole.txt}]
            failure_handlers:
              - {name: fetch, rules: [{exit_codes: [5], recovery_script: "echo after $TORC_FAILED_EXIT_CODE | tee part.txt", max_retries: 2}]}
            """);

        await site.EndAsync(workflow);

        var jobs = await site.JobsAsync(workflow);
        Assert.Equal([(JobStatus.Completed, 2), (JobStatus.Completed, 1)], jobs.Select(job => (job.Status, job.Attempt)));
        Assert.Equal("after 5\n", await File.ReadAllTextAsync(Path.Combine(site.Work, "whole.txt"), Cancel));
        Assert.Equal("1\n", await File.ReadAllTextAsync(Path.Combine(site.Work, "count.txt"), Cancel));
        var details = (await site.Http.GetFromJsonAsync($"/api/v1/jobs/{jobs[0].Id}", TorcJson.Default.JobDetails, Cancel))!;
        Assert.Equal([(2, 0), (1, 5)], details.Attempts.Select(attempt => (attempt.Number, attempt.Outcome!.ExitCode!.Value)));
        Assert.Equal("after 5\n", await site.Http.GetStringAsync($"/api/v1/jobs/{jobs[0].Id}/attempts/2/log?stream=stdout", Cancel));
    }

    [Fact]
    public async Task A_script_that_fails_uses_up_its_retry_and_says_so()
    {
        await using var site = await Site.StartAsync(cpus: 2);
        var workflow = await site.RunAsync("""
            name: unmended
            jobs: [{name: read, command: "exit 5", failure_handler: fetch}]
            failure_handlers: [{name: fetch, rules: [{match_all_exit_codes: true, recovery_script: "exit 7", max_retries: 1}]}]
            """);

        await site.EndAsync(workflow);

        var job = Assert.Single(await site.JobsAsync(workflow));
        Assert.Equal((JobStatus.Failed, 2), (job.Status, job.Attempt));
        Assert.Equal("Failed: exit code 7: the recovery script ended with 7, so the command was not started. It was retry 1 of 1.", job.Reason);
    }

    [Fact]
    public async Task A_job_that_took_too_long_may_take_longer()
    {
        await using var site = await Site.StartAsync(cpus: 2);
        var workflow = await site.RunAsync("""
            name: slow
            recovery: auto
            jobs: [{name: once, command: "test $TORC_ATTEMPT_ID = 2 || sleep 300", resource_requirements: {num_cpus: 1, memory: 64m, runtime: 1s}}]
            """);

        await site.EndAsync(workflow);

        var job = Assert.Single(await site.JobsAsync(workflow));
        Assert.Equal((JobStatus.Completed, 2), (job.Status, job.Attempt));
        var details = (await site.Http.GetFromJsonAsync($"/api/v1/jobs/{job.Id}", TorcJson.Default.JobDetails, Cancel))!;
        Assert.Equal(TimeSpan.FromSeconds(1.5), details.Needs.Runtime);
    }
}
