using System.Globalization;
using System.Net.Http.Json;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Workflows;
using Xunit;

namespace Torc.Tests.EndToEnd;

/// <summary>The diamond with real processes. Each job notes when it starts and ends, so that what really ran can be told from what is said.</summary>
public sealed class DiamondTests
{
    private const string Diamond = """
        name: diamond
        jobs:
          - {name: preprocess, command: "sh job.sh preprocess 0.2 ${files.output.f1} ${files.output.f2}"}
          - {name: work1, command: "sh job.sh work1 3 ${files.output.f3} # ${files.input.f1}"}
          - {name: work2, command: "sh job.sh work2 3 ${files.output.f4} # ${files.input.f2}"}
          - {name: postprocess, command: "sh job.sh postprocess 0.2 ${files.output.f5} # ${files.input.f3} ${files.input.f4}"}
        files:
          - {name: f1, path: f1.txt}
          - {name: f2, path: f2.txt}
          - {name: f3, path: f3.txt}
          - {name: f4, path: f4.txt}
          - {name: f5, path: f5.txt}
        """;

    // job.sh NAME SECONDS OUTPUT…
    private const string Script = """
        set -eu
        name=$1; seconds=$2; shift 2
        echo "start $name $(date +%s%N)" >> trace
        echo "hello from $name"
        sleep "$seconds"
        echo "end $name $(date +%s%N)" >> trace
        for output in "$@"; do echo "$name" > "$output"; done
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(2, true)]
    [InlineData(1, false)]
    public async Task The_arms_overlap_on_two_cpus_and_run_one_after_the_other_on_one(int cpus, bool overlap)
    {
        await using var site = await StartAsync(cpus);

        var workflow = await site.RunAsync(Diamond);

        Assert.Equal(WorkflowStatus.Completed, (await site.EndAsync(workflow)).Status);
        var times = await TraceAsync(site);
        Assert.Equal(overlap, times["work1"].Start < times["work2"].End && times["work2"].Start < times["work1"].End);
        Assert.True(times["preprocess"].End <= Math.Min(times["work1"].Start, times["work2"].Start));
        Assert.True(Math.Max(times["work1"].End, times["work2"].End) <= times["postprocess"].Start);
    }

    [Fact]
    public async Task The_server_dies_in_the_middle_and_comes_back_and_nothing_runs_twice()
    {
        await using var site = await StartAsync(cpus: 2);
        var workflow = await site.RunAsync(Diamond);
        await site.JobsAsync(workflow, jobs => jobs.Count(job => job.Status == JobStatus.Running) == 2, "both arms run");

        await site.KillServerAsync();
        await site.StartServerAsync(cpus: 2);

        Assert.Equal(WorkflowStatus.Completed, (await site.EndAsync(workflow)).Status);
        Assert.All(await site.JobsAsync(workflow), job => Assert.Equal(1, job.Attempt));
        Assert.Equal(4, (await TraceAsync(site)).Count);
    }

    [Fact]
    public async Task The_agent_dies_and_its_jobs_go_on_and_the_next_agent_finds_them()
    {
        await using var site = await StartAsync(cpus: 2);
        var workflow = await site.RunAsync(Diamond);
        await site.JobsAsync(workflow, jobs => jobs.Count(job => job.Status == JobStatus.Running) == 2, "both arms run");

        await site.KillAgentAsync();

        Assert.Equal(WorkflowStatus.Completed, (await site.EndAsync(workflow)).Status);
        Assert.All(await site.JobsAsync(workflow), job => Assert.Equal(1, job.Attempt));
        Assert.Equal(4, (await TraceAsync(site)).Count);
    }

    [Fact]
    public async Task A_job_that_fails_takes_along_what_waits_for_it_and_says_so()
    {
        await using var site = await StartAsync(cpus: 2);

        var workflow = await site.RunAsync(Diamond.Replace("sh job.sh work2", "exit 7; sh job.sh work2", StringComparison.Ordinal));

        Assert.Equal(WorkflowStatus.Failed, (await site.EndAsync(workflow)).Status);
        var jobs = await site.JobsAsync(workflow);
        Assert.Equal(["Failed: exit code 7.", "Cancelled because work2 failed."], jobs.Skip(2).Select(job => job.Reason));
        Assert.Equal(JobStatus.Completed, jobs[1].Status);
    }

    [Fact]
    public async Task What_a_job_printed_and_used_can_be_read()
    {
        await using var site = await StartAsync(cpus: 2);
        var workflow = await site.RunAsync(Diamond);
        await site.EndAsync(workflow);
        var work1 = (await site.JobsAsync(workflow))[1];

        Assert.Equal("hello from work1\n", await site.Http.GetStringAsync($"/api/v1/jobs/{work1.Id}/attempts/1/log?stream=stdout&tail_lines=5", Cancel));
        var samples = await site.Http.GetFromJsonAsync($"/api/v1/jobs/{work1.Id}/attempts/1/samples", TorcJson.Default.IReadOnlyListSampleView, Cancel);
        Assert.InRange(samples!.Count, 1, 6);
        Assert.All(samples, sample => Assert.InRange(sample.Memory.Bytes, 1, 1L << 30));
    }

    [Fact]
    public async Task The_end_of_a_large_log_is_read_like_that_of_a_small_one_and_disturbs_nobody()
    {
        await using var site = await Site.StartAsync(cpus: 1);
        var workflow = await site.RunAsync("{name: loud, jobs: [{name: a, command: 'seq 1 300000'}]}");
        await site.EndAsync(workflow);
        var job = (await site.JobsAsync(workflow))[0].Id;

        Assert.Equal("299999\n300000\n", await site.Http.GetStringAsync($"/api/v1/jobs/{job}/attempts/1/log?tail_lines=2", Cancel));
        Assert.Equal(2_000, (await site.Http.GetStringAsync($"/api/v1/jobs/{job}/attempts/1/log?tail_lines=2000", Cancel)).Count(letter => letter == '\n'));
    }

    [Fact]
    public async Task A_job_that_fits_nowhere_says_so_on_the_terminal_and_in_the_api()
    {
        await using var site = await Site.StartAsync(cpus: 1);
        await File.WriteAllTextAsync(Path.Combine(site.Work, "big.yaml"), "{name: big, jobs: [{name: huge, command: 'true', resource_requirements: {num_cpus: 400, memory: 1g}}]}", Cancel);
        await using var up = site.Start("up", "big.yaml");

        Assert.Contains($"Needs 400 CPUs; the largest connected node, {Environment.MachineName}, has 1 (1 node checked).", await up.LineContainingAsync("huge waits."), StringComparison.Ordinal);
        Assert.Contains("Needs 400 CPUs", await site.Http.GetStringAsync("/api/v1/jobs/1", Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_stores_user_data_and_posts_events_though_the_server_is_away_for_a_moment()
    {
        await using var site = await StartAsync(cpus: 1);
        var workflow = await site.RunAsync("""
            name: data
            user_data: [{name: results}]
            jobs:
              - name: speaker
                command: "touch ready; while [ -e ready ]; do sleep 0.1; done; torc data set results '{\"key1\": 1}' && torc event post done --data '{\"at\": 2}' && torc data get results"
                output_user_data: [results]
            """);
        await site.JobsAsync(workflow, jobs => jobs[0].Status == JobStatus.Running && File.Exists(Path.Combine(site.Work, "ready")), "the job runs");
        await site.KillServerAsync();
        File.Delete(Path.Combine(site.Work, "ready"));
        await site.StartServerAsync(cpus: 1);

        Assert.Equal(WorkflowStatus.Completed, (await site.EndAsync(workflow)).Status);
        var job = (await site.JobsAsync(workflow))[0].Id;
        Assert.Equal("""{"key1":1}""" + "\n", await site.Http.GetStringAsync($"/api/v1/jobs/{job}/attempts/1/log", Cancel));
        var posted = Assert.Single((await site.Http.GetFromJsonAsync($"/api/v1/workflows/{workflow}/events?type=done", TorcJson.Default.IReadOnlyListEventView, Cancel))!);
        Assert.Equal((3L, "done", job, (int?)1), (posted.Number, posted.Type, posted.Job!.Value, posted.Attempt));
    }

    private static async Task<Site> StartAsync(int cpus)
    {
        var site = await Site.StartAsync(cpus);
        await File.WriteAllTextAsync(Path.Combine(site.Work, "job.sh"), Script, Cancel);
        return site;
    }

    // start work1 1764000000000000000
    // end work1 1764000003000000000
    private static async Task<Dictionary<string, (long Start, long End)>> TraceAsync(Site site)
    {
        var lines = (await File.ReadAllLinesAsync(Path.Combine(site.Work, "trace"), Cancel)).Select(line => line.Split(' ')).ToList();
        Assert.Equal(lines.Count, lines.Select(line => (line[0], line[1])).Distinct().Count());
        long At(string what, string name) => long.Parse(lines.Single(line => line[0] == what && line[1] == name)[2], CultureInfo.InvariantCulture);
        return lines.Select(line => line[1]).Distinct().ToDictionary(name => name, name => (At("start", name), At("end", name)));
    }
}
