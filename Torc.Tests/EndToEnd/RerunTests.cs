using System.Net.Http.Json;
using System.Text.Json;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Quantities;
using Torc.Shared.Reruns;
using Torc.Shared.Workflows;
using Xunit;

namespace Torc.Tests.EndToEnd;

/// <summary>The three cases of the documentation and what else moves people to run again, with real files and processes.</summary>
public sealed class RerunTests
{
    /// <summary>The diamond, quick, with a work2 that does as a file says.</summary>
    private const string Spec = """
        name: diamond
        files:
          - {name: inputs, path: inputs.json}
          - {name: f1, path: f1.json}
          - {name: f2, path: f2.json}
          - {name: f3, path: f3.json}
          - {name: f4, path: f4.json}
          - {name: f5, path: f5.json}
        jobs:
          - {name: preprocess, command: "cat inputs.json > f1.json; wc -c < inputs.json > f2.json", input_files: [inputs], output_files: [f1, f2]}
          - {name: work1, command: "sed s/^/1/ f1.json > f3.json", input_files: [f1], output_files: [f3]}
          - {name: work2, command: "COMMAND", input_files: [f2], output_files: [f4], resource_requirements: {num_cpus: 1, memory: 40m, runtime: PT1M}}
          - {name: postprocess, command: "[ ! -e slow ] || sleep 60; cat f3.json f4.json > f5.json", input_files: [f3, f4], output_files: [f5], resource_requirements: {num_cpus: 1, memory: 40m, runtime: PT2S}}
        """;

    private const string Quick = "sed s/^/2/ f2.json > f4.json";

    // More than 40 MiB, for as long as it takes to be seen.
    private const string Greedy = "head -c 120m /dev/zero | tail -c 110m | sleep 20";

    private static async Task<IReadOnlyList<TimelineAttempt>> TimelineAsync(Site site, WorkflowId workflow, int run) =>
        (await site.Http.GetFromJsonAsync($"/api/v1/workflows/{workflow}/timeline?run={run}", TorcJson.Default.TimelineView, Cancel))!.Attempts;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_bug_in_the_inputs_file_reruns_all_four_jobs()
    {
        await using var site = await StartAsync();
        var workflow = await DoneAsync(site, Quick);
        await WriteAsync(site, "inputs.json", "mended");

        Assert.Equal(
            "preprocess INPUT_CHANGED, work1 UPSTREAM_RERUNS, work2 UPSTREAM_RERUNS, postprocess UPSTREAM_RERUNS", Runs(await PlanAsync(site, "last", "--changed")));
        await RerunAsync(site, workflow, "--changed");

        Assert.Equal("1mended\n27\n", await ReadAsync(site, "f5.json"));
        Assert.Equal("", Runs(await PlanAsync(site, "diamond", "--changed")));
        // What they took before is told with the second run.
        Assert.All(await TimelineAsync(site, workflow, 1), attempt => Assert.Null(attempt.Usual));
        var before = (await TimelineAsync(site, workflow, 1)).ToDictionary(attempt => attempt.Name, attempt => attempt.EndedAt - attempt.StartedAt);
        Assert.All(await TimelineAsync(site, workflow, 2), attempt => Assert.Equal(before[attempt.Name]!.Value.TotalSeconds, attempt.Usual!.Value.TotalSeconds, tolerance: 0.001));
    }

    [Fact]
    public async Task A_job_out_of_memory_reruns_with_the_one_that_waited_for_it_and_no_other_file_is_touched()
    {
        await using var site = await StartAsync();
        var workflow = await site.RunAsync(Spec.Replace("COMMAND", Greedy, StringComparison.Ordinal));
        Assert.Equal(WorkflowStatus.Failed, (await site.EndAsync(workflow)).Status);
        string[] before = Stamps(site, "f1.json", "f2.json", "f3.json");
        await WriteAsync(site, "spec.yaml", Spec.Replace("COMMAND", Quick, StringComparison.Ordinal));

        Assert.Equal("work2 FAILED_OOM, postprocess NEVER_RAN", Runs(await PlanAsync(site, "last", "--failed")));
        Assert.Equal(0, (await site.TorcAsync("spec", "set", "last", "spec.yaml")).ExitCode);
        await RerunAsync(site, workflow, "--failed");

        Assert.Equal(before, Stamps(site, "f1.json", "f2.json", "f3.json"));
        var jobs = await site.JobsAsync(workflow);
        Assert.All(jobs, job => Assert.Equal(JobStatus.Completed, job.Status));
        Assert.Equal([1, 1, 2, 1], jobs.Select(job => job.Attempt));
    }

    [Fact]
    public async Task A_job_out_of_memory_gets_more_from_the_command_line_in_one_step_and_nothing_else_changes()
    {
        await using var site = await StartAsync();
        var workflow = await site.RunAsync(Spec.Replace("COMMAND", "head -c 70m /dev/zero | tail -c 60m | sleep 2; sed s/^/2/ f2.json > f4.json", StringComparison.Ordinal));
        Assert.Equal(WorkflowStatus.Failed, (await site.EndAsync(workflow)).Status);
        string[] before = Stamps(site, "f1.json", "f2.json", "f3.json");
        string spec = await site.Http.GetStringAsync($"/api/v1/workflows/{workflow}/spec", Cancel);

        var plan = (await PlanAsync(site, "last", "--failed")).Jobs[2];
        Assert.Equal(MemorySize.Mebibytes(128), plan.Suggested!.Memory);
        await RerunAsync(site, workflow, "--failed", "--set", "work2.memory=200m");

        Assert.Equal(before, Stamps(site, "f1.json", "f2.json", "f3.json"));
        Assert.Equal([1, 1, 2, 1], (await site.JobsAsync(workflow)).Select(job => job.Attempt));
        int place = spec.IndexOf("memory: 40m", StringComparison.Ordinal);
        Assert.Equal($"{spec[..place]}memory: 200m{spec[(place + 11)..]}", await site.Http.GetStringAsync($"/api/v1/workflows/{workflow}/spec", Cancel));
        Assert.Equal(2, (await site.EndAsync(workflow)).SpecVersion);
        Assert.Equal("", Runs(await PlanAsync(site, "last", "--changed")));
    }

    [Fact]
    public async Task What_a_job_is_to_ask_for_is_refused_if_it_is_no_amount()
    {
        await using var site = await StartAsync();
        var workflow = await DoneAsync(site, Quick);

        var (exitCode, output) = await site.TorcAsync("rerun", workflow.ToString(), "--yes", "--all", "--set", "work2.memory=450");

        Assert.Equal(8, exitCode);
        Assert.Contains("The memory of work2 must have a unit", output, StringComparison.Ordinal);
        Assert.Equal((1, 1), ((await site.EndAsync(workflow)).Run, (await site.EndAsync(workflow)).SpecVersion));
    }

    [Fact]
    public async Task A_last_job_that_timed_out_reruns_alone()
    {
        await using var site = await StartAsync();
        await WriteAsync(site, "slow", "");
        var workflow = await site.RunAsync(Spec.Replace("COMMAND", Quick, StringComparison.Ordinal));
        Assert.Equal(WorkflowStatus.Failed, (await site.EndAsync(workflow)).Status);
        File.Delete(Path.Combine(site.Work, "slow"));

        Assert.Equal("postprocess FAILED_TIMEOUT", Runs(await PlanAsync(site, "last", "--failed")));
        await RerunAsync(site, workflow, "--failed");

        Assert.Equal([1, 1, 1, 2], (await site.JobsAsync(workflow)).Select(job => job.Attempt));
    }

    [Fact]
    public async Task A_touched_input_runs_nothing_a_missing_output_runs_who_made_it_and_a_plan_changes_nothing()
    {
        await using var site = await StartAsync();
        var workflow = await DoneAsync(site, Quick);
        // Whoever asks sees to it that the contents are known, which otherwise takes two seconds.
        Assert.Equal("", Runs(await PlanAsync(site, "last", "--changed")));
        File.SetLastWriteTimeUtc(Path.Combine(site.Work, "inputs.json"), DateTime.UtcNow);

        var touched = await PlanAsync(site, "last", "--changed");
        Assert.Equal("", Runs(touched));
        Assert.Contains("the content is the same", touched.Jobs[0].Reasons[0].Sentence, StringComparison.Ordinal);

        File.Delete(Path.Combine(site.Work, "f4.json"));
        Assert.Equal("work2 OUTPUT_MISSING, postprocess UPSTREAM_RERUNS", Runs(await PlanAsync(site, "last", "--changed")));
        Assert.Equal([1, 1, 1, 1], (await site.JobsAsync(workflow)).Select(job => job.Attempt));
        Assert.Equal(1, (await site.EndAsync(workflow)).Run);
    }

    [Fact]
    public async Task An_edit_of_the_same_size_and_time_is_seen()
    {
        await using var site = await StartAsync();
        await DoneAsync(site, Quick);
        string inputs = Path.Combine(site.Work, "inputs.json");
        var time = File.GetLastWriteTimeUtc(inputs);
        await WriteAsync(site, "inputs.json", "tsrif");
        File.SetLastWriteTimeUtc(inputs, time);

        Assert.StartsWith("preprocess INPUT_CHANGED", Runs(await PlanAsync(site, "last", "--changed")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_an_output_comes_out_as_it_was_early_cutoff_keeps_what_reads_it()
    {
        await using var site = await StartAsync();
        var workflow = await DoneAsync(site, Quick);
        // As long as it was: f2 and with it work2 come out the same.
        await WriteAsync(site, "inputs.json", "other");

        await RerunAsync(site, workflow, "--changed", "--early-cutoff");

        Assert.Equal([2, 2, 1, 2], (await site.JobsAsync(workflow)).Select(job => job.Attempt));
        Assert.Equal("1other\n26\n", await ReadAsync(site, "f5.json"));
        Assert.Equal("", Runs(await PlanAsync(site, "last", "--changed")));
    }

    [Fact]
    public async Task A_plan_that_is_out_of_date_starts_nothing()
    {
        await using var site = await StartAsync();
        var workflow = await DoneAsync(site, Quick);
        var plan = await PlanAsync(site, "last", "--all");
        await WriteAsync(site, "inputs.json", "mended");

        var other = plan with { Id = "0123456789ab" };
        using var content = new StringContent($$"""{"scope": "all", "plan_id": "{{other.Id}}"}""", null, "application/json");
        using var refused = await site.Http.PostAsync($"/api/v1/workflows/{workflow}/rerun", content, Cancel);

        Assert.Equal(System.Net.HttpStatusCode.Conflict, refused.StatusCode);
        var problem = JsonSerializer.Deserialize(await refused.Content.ReadAsStringAsync(Cancel), TorcJson.Default.Problem)!;
        Assert.Equal("The plan has changed", problem.Title);
        Assert.Equal(4, problem.Plan!.Jobs.Count(job => job.Action == PlannedAction.Run));
        Assert.Equal(1, (await site.EndAsync(workflow)).Run);
    }

    private static async Task<Site> StartAsync()
    {
        var site = await Site.StartAsync(cpus: 2);
        await WriteAsync(site, "inputs.json", "first");
        return site;
    }

    private static async Task<WorkflowId> DoneAsync(Site site, string work2)
    {
        var workflow = await site.RunAsync(Spec.Replace("COMMAND", work2, StringComparison.Ordinal));
        Assert.Equal(WorkflowStatus.Completed, (await site.EndAsync(workflow)).Status);
        return workflow;
    }

    private static async Task RerunAsync(Site site, WorkflowId workflow, params string[] options)
    {
        var (exitCode, output) = await site.TorcAsync(["rerun", workflow.ToString(), "--yes", .. options]);
        Assert.True(exitCode == 0, output);
        Assert.Equal(WorkflowStatus.Completed, (await site.EndAsync(workflow)).Status);
    }

    private static async Task<RerunPlanView> PlanAsync(Site site, string workflow, string scope)
    {
        var (exitCode, output) = await site.TorcAsync("rerun", workflow, scope, "--dry-run", "--json");
        Assert.True(exitCode == 0, output);
        return JsonSerializer.Deserialize(output, TorcJson.Default.RerunPlanView)!;
    }

    private static string Runs(RerunPlanView plan) => string.Join(
        ", ",
        plan.Jobs.Where(job => job.Action != PlannedAction.Keep).Select(job => $"{job.Name} {JsonNamingPolicy.SnakeCaseUpper.ConvertName(job.Reasons[0].Code.ToString())}"));

    private static Task WriteAsync(Site site, string name, string content) => File.WriteAllTextAsync(Path.Combine(site.Work, name), content + (content.Length == 0 ? "" : "\n"), Cancel);

    private static Task<string> ReadAsync(Site site, string name) => File.ReadAllTextAsync(Path.Combine(site.Work, name), Cancel);

    private static string[] Stamps(Site site, params string[] names) =>
        [.. names.Select(name => new FileInfo(Path.Combine(site.Work, name))).Select(file => $"{file.Name} {file.Length} {file.LastWriteTimeUtc:O}")];
}
