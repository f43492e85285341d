using System.Globalization;
using Torc.Shared.Jobs;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.EndToEnd;

/// <summary>The torc program as machine code: what runs on .NET may still lack here what is only looked up at run time.</summary>
public sealed class NativeProgramTests(NativeInstallation native) : IClassFixture<NativeInstallation>
{
    private const string Diamond = """
        name: diamond
        jobs:
          - {name: preprocess, command: "command -v torc; echo 1 > f1.txt; echo 2 > f2.txt", output_files: [f1, f2]}
          - {name: work1, command: "sleep 1.5; cat ${files.input.f1} > ${files.output.f3}"}
          - {name: work2, command: "torc event post seen --data '{\"f\": 2}'; sleep 1.5; cat ${files.input.f2} > ${files.output.f4}"}
          - name: postprocess
            command: "torc data set sum $(($(cat ${files.input.f3}) + $(cat ${files.input.f4})))"
            output_user_data: [sum]
        files:
          - {name: f1, path: f1.txt}
          - {name: f2, path: f2.txt}
          - {name: f3, path: f3.txt}
          - {name: f4, path: f4.txt}
        user_data: [{name: sum}]
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_says_its_version_and_what_is_wrong_with_a_spec()
    {
        await using var site = Site.Empty(native.Programs);
        await File.WriteAllTextAsync(Path.Combine(site.Work, "typo.yaml"), "{name: typo, jobs: [{name: a, comand: 'true'}]}", Cancel);

        var version = await site.TorcAsync("--version");
        var good = await site.TorcAsync("check", Repository.PathTo("samples", "diamond", "diamond.json"));
        var bad = await site.TorcAsync("check", "typo.yaml");

        Assert.True(version.ExitCode == 0, version.Output);
        Assert.StartsWith("0.", version.Output, StringComparison.Ordinal);
        Assert.True(good.ExitCode == 0, good.Output);
        Assert.Contains("jobs       4", good.Output, StringComparison.Ordinal);
        Assert.Equal(8, bad.ExitCode);
        Assert.Contains("did you mean \"command\"?", bad.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_diamond_runs_with_an_agent_a_keeper_and_a_command_line_that_are_native()
    {
        await using var site = Site.Empty(native.Programs);
        await File.WriteAllTextAsync(Path.Combine(site.Work, "diamond.yaml"), Diamond, Cancel);

        var up = await site.TorcAsync("up", "diamond.yaml", "--exit-when-done", "--port", "0");

        Assert.True(up.ExitCode == 0, up.Output);
        await site.ConnectAsync();
        Assert.All([await site.AgentPidAsync(), await site.KeeperPidAsync()], pid => Assert.Equal(native.Torc, ProgramOf(pid)));
        var jobs = await site.JobsAsync(new WorkflowId(1));
        Assert.All(jobs, job => Assert.Equal(JobStatus.Completed, job.Status));
        Assert.Equal(native.Torc, (await site.Http.GetStringAsync($"/api/v1/jobs/{jobs[0].Id}/attempts/1/log?stream=stdout", Cancel)).Trim());
        Assert.NotEqual("[]", await site.Http.GetStringAsync($"/api/v1/jobs/{jobs[1].Id}/attempts/1/samples", Cancel));
        Assert.Contains("3", await site.Http.GetStringAsync("/api/v1/workflows/1/user_data", Cancel), StringComparison.Ordinal);
        Assert.Contains("seen", await site.Http.GetStringAsync("/api/v1/workflows/1/events", Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_changed_is_found_and_runs_again_and_an_agent_that_died_is_replaced()
    {
        await using var site = await Site.StartAsync(cpus: 2, native.Programs);
        await File.WriteAllTextAsync(Path.Combine(site.Work, "in.txt"), "1", Cancel);
        var workflow = await site.RunAsync("""
            name: copy
            jobs:
              - {name: copy, command: "cp ${files.input.in} ${files.output.out}"}
              - {name: other, command: "true"}
            files: [{name: in, path: in.txt}, {name: out, path: out.txt}]
            """);
        await site.EndAsync(workflow);
        await File.WriteAllTextAsync(Path.Combine(site.Work, "in.txt"), "22", Cancel);
        int first = await site.AgentPidAsync();

        await site.KillAgentAsync();
        int second = await Waiting.UntilAsync(site.AgentPidAsync, pid => pid != first, "there is another agent", Site.Patience);
        await Waiting.UntilAsync(() => site.TorcAsync("nodes"), nodes => nodes.Output.Contains(" connected ", StringComparison.Ordinal), "it is connected", Site.Patience);
        var rerun = await site.TorcAsync("rerun", workflow.ToString(), "--changed", "--yes");

        Assert.Equal(native.Torc, ProgramOf(second));
        Assert.True(rerun.ExitCode == 0, rerun.Output);
        await site.EndAsync(workflow);
        Assert.Equal([2, 1], (await site.JobsAsync(workflow)).Select(job => job.Attempt));
        Assert.Equal("22", await File.ReadAllTextAsync(Path.Combine(site.Work, "out.txt"), Cancel));
    }

    [Fact]
    public async Task Agent_and_keeper_take_little_memory_when_an_example_has_run()
    {
        const int most = 40 * 1024;
        await using var site = Site.Empty(native.Programs);
        var up = await site.TorcAsync("up", "--example", "barrier", "--exit-when-done", "--port", "0");
        Assert.True(up.ExitCode == 0, up.Output);

        foreach (int pid in new[] { await site.AgentPidAsync(), await site.KeeperPidAsync() })
        {
            await Waiting.UntilAsync(() => ResidentKibAsync(pid), resident => resident <= most, $"process {pid} takes at most {most} KiB");
        }
    }

    private static string ProgramOf(int pid) => new FileInfo($"/proc/{pid}/exe").LinkTarget!;

    // VmRSS:	   27340 kB
    private static async Task<int> ResidentKibAsync(int pid)
    {
        string[] status = await File.ReadAllLinesAsync($"/proc/{pid}/status", Cancel);
        string resident = status.Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return int.Parse(resident.Split(':')[1].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }
}
