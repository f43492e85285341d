using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.EndToEnd;

/// <summary>What a person at a terminal, and a script, do with workflows, with real processes. Each torc program that there is has to pass.</summary>
public abstract class CommandLineTests
{
    private const string Good = """
        name: good
        user_data: [{name: results}]
        jobs:
          - {name: makes, command: "torc data set results 7", output_user_data: [results]}
          - {name: uses, command: "torc data get results", input_user_data: [results]}
        """;

    private const string Bad = "{name: bad, jobs: [{name: fails, command: 'echo broken >&2; exit 5'}, {name: after, command: 'true', depends_on: [fails]}]}";

    private const string Wide = """
        name: wide
        jobs: [{name: quick, command: "true", resource_requirements: long}]
        resource_requirements: [{name: long, num_cpus: 1, memory: 64m, runtime: PT2H}]  # generous
        """;

    /// <summary>Which torc is tested.</summary>
    private protected abstract Programs Programs { get; }

    /// <summary>200,000 lines in some seconds. NEEDLE stands in lines 7 and 150,000; every 20,000th says when it was written. The second attempt is short.</summary>
    private const string Long = """
        name: long
        jobs:
          - name: print
            command: |
              if [ $TORC_ATTEMPT_ID = 2 ]; then echo again; exit; fi
              for part in 0 1 2 3 4 5 6 7 8 9; do
                seq $((part * 20000 + 1)) $((part * 20000 + 19999)) | sed -e 's/^7$/7 NEEDLE/' -e 's/^150000$/150000 NEEDLE/' -e 's/^123456$/Traceback/' -e 's/^/line /'
                echo "at $(date +%s%3N)"
                sleep 0.3
              done
              exit 4
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Workflows_are_created_run_listed_shown_waited_for_and_selected_from()
    {
        await using var site = await StartAsync();

        Assert.Equal((0, "1"), Trimmed(await site.TorcAsync("create", "good.yaml", "-q")));
        Assert.Equal((0, "1"), Trimmed(await site.TorcAsync("run", "good", "-q")));
        Assert.Equal(3, (await site.TorcAsync("run", "bad.yaml", "--wait")).ExitCode);
        Assert.Equal(0, (await site.TorcAsync("wait", "good")).ExitCode);
        Assert.Equal(3, (await site.TorcAsync("wait", "1-2", "--timeout", "1m")).ExitCode);
        Assert.Equal(5, (await site.TorcAsync("wait", "7")).ExitCode);
        Assert.Equal((0, "2\n1"), Trimmed(await site.TorcAsync("ls", "-q")));
        Assert.Equal((0, "2"), Trimmed(await site.TorcAsync("ls", "-q", "--search", "BA", "--status", "failed")));
        Assert.Equal((0, ""), Trimmed(await site.TorcAsync("ls", "-q", "good", "--status", "failed")));
        Assert.Equal((0, "1\n2"), Trimmed(await site.TorcAsync("ls", "-q", "1,2")));
        Assert.Equal((0, ""), Trimmed(await site.TorcAsync("ls", "-q", "--project", "wind")));
        Assert.Equal((0, "2\tbad\tfailed"), Trimmed(await site.TorcAsync("ls", "bad", "--columns", "id,name,status", "--tsv", "--no-header")));

        var selected = await site.TorcAsync("show", "last", "--select", "status:failed+", "--columns", "job", "--no-header");
        Assert.Equal((0, "fails\nafter"), (selected.ExitCode, string.Join('\n', selected.Output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))));
        Assert.Equal("bad", JsonDocument.Parse((await site.TorcAsync("show", "last", "--json")).Output).RootElement.GetProperty("workflow").GetProperty("name").GetString());
        var nonsense = await site.TorcAsync("show", "last", "--select", "status:");
        Assert.Equal(2, nonsense.ExitCode);
        Assert.Contains("status", nonsense.Output, StringComparison.Ordinal);
        Assert.Contains("Did you mean", (await site.TorcAsync("shwo", "last")).Output, StringComparison.Ordinal);

        var plan = await site.TorcAsync("rerun", "last", "--select", "fails+", "--dry-run");
        Assert.True(plan.ExitCode == 0, plan.Output);
        Assert.Contains("fails", plan.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("good.yaml", 0, "results is 7")]
    [InlineData("bad.yaml", 3, "broken")]
    public async Task A_script_runs_a_workflow_reads_its_results_posts_an_event_and_returns_how_it_ended(string spec, int exitCode, string said)
    {
        await using var site = await StartAsync();
        string script = Path.Combine(Repository.Root, "samples", "scripts", "report.sh");

        var (ended, output) = await RunAsync(site, script, spec, "results");

        Assert.True(ended == exitCode, output);
        Assert.Contains(said, output, StringComparison.Ordinal);
        Assert.Contains($"{{\"exit_code\":{exitCode}}}", (await site.TorcAsync("event", "list", "--workflow", "last", "--type", "reported")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_log_is_followed_as_it_is_written_searched_by_lines_and_kept_as_it_was_when_the_job_runs_again()
    {
        await using var site = await StartAsync();
        await File.WriteAllTextAsync(Path.Combine(site.Work, "long.yaml"), Long, Cancel);
        Assert.Equal(0, (await site.TorcAsync("run", "long.yaml")).ExitCode);

        var late = new List<TimeSpan>();
        await using (var follow = site.Start("logs", "last", "print", "-f"))
        {
            for (int part = 1; part <= 10; part++)
            {
                // at 1764194400000
                string line = await follow.LineAsync("at ");
                late.Add(DateTimeOffset.UtcNow - DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(line[3..], CultureInfo.InvariantCulture)));
            }

            Assert.Equal(0, await follow.ExitCodeAsync());
        }

        // Most of them: a busy machine may hold up one.
        Assert.InRange(late.Order().ElementAt(late.Count / 2), TimeSpan.Zero, TimeSpan.FromSeconds(2));

        Assert.Equal(3, (await site.TorcAsync("wait", "last", "-q")).ExitCode);
        Assert.Equal((0, "7: line 7 NEEDLE\n150000: line 150000 NEEDLE\n"), await site.TorcAsync("logs", "last", "print", "--grep", "NEEDLE"));
        Assert.Equal((0, "line 149999\nline 150000 NEEDLE\nline 150001\n"), await site.TorcAsync("logs", "last", "print", "--lines", "149999-150001"));
        var job = Assert.Single(await site.JobsAsync(new WorkflowId(1)));
        var found = await site.Http.GetFromJsonAsync($"/api/v1/jobs/{job.Id}/attempts/1/log/search?pattern=nothing", TorcJson.Default.LogMatches, Cancel);
        Assert.Equal(123_456, found!.FirstError!.Line);

        Assert.Equal(0, (await site.TorcAsync("rerun", "last", "--yes")).ExitCode);
        Assert.Equal(0, (await site.TorcAsync("wait", "last", "-q")).ExitCode);
        Assert.Equal((0, "again\n"), await site.TorcAsync("logs", "last", "print"));
        Assert.Equal(0, (await site.TorcAsync("logs", "last", "print", "--attempt", "1", "--download", "first.log")).ExitCode);
        byte[] written = await File.ReadAllBytesAsync(site.LogFile(job, 1, "stdout"), Cancel);
        Assert.Equal(200_000, written.AsSpan().Count((byte)'\n'));
        Assert.Equal(SHA256.HashData(written), SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(site.Work, "first.log"), Cancel)));
    }

    [Fact]
    public async Task What_jobs_ask_for_is_compared_with_what_they_used_and_changed_in_the_spec_when_asked()
    {
        await using var site = await StartAsync();
        await File.WriteAllTextAsync(Path.Combine(site.Work, "wide.yaml"), Wide, Cancel);
        Assert.Equal(0, (await site.TorcAsync("run", "wide.yaml", "--wait", "-q")).ExitCode);

        var suggested = await site.TorcAsync("resources", "last", "--suggest", "--tsv", "--no-header", "--columns", "class,resource,requested,suggested");
        Assert.Contains("long\truntime\t2 h\t1 min (weak)\n", suggested.Output, StringComparison.Ordinal);
        Assert.Equal(2, (await site.TorcAsync("resources", "last", "--apply")).ExitCode);
        Assert.Equal(Wide, (await site.TorcAsync("spec", "get", "last")).Output);

        var applied = await site.TorcAsync("resources", "last", "--apply", "--yes");

        Assert.True(applied.ExitCode == 0, applied.Output);
        string[] kept = [.. (await site.TorcAsync("spec", "get", "last")).Output.Split('\n')];
        Assert.Contains("runtime: PT1M}]  # generous", kept[2], StringComparison.Ordinal);
        Assert.Equal(Wide.Split('\n')[..2], kept[..2]);
    }

    [Fact]
    public async Task A_workflow_is_exported_with_what_it_did_and_becomes_a_draft_elsewhere()
    {
        await using var site = await StartAsync();
        Assert.Equal(3, (await site.TorcAsync("run", "bad.yaml", "--wait", "-q")).ExitCode);
        Assert.Equal(0, (await site.TorcAsync("event", "post", "seen", "--workflow", "last")).ExitCode);

        Assert.Equal(0, (await site.TorcAsync("export", "last", "-o", "bad.torc.json")).ExitCode);
        var printed = await site.TorcAsync("export", "last");

        foreach (string text in new[] { await File.ReadAllTextAsync(Path.Combine(site.Work, "bad.torc.json"), Cancel), printed.Output })
        {
            var export = JsonDocument.Parse(text).RootElement;
            Assert.Equal("bad", export.GetProperty("workflow").GetProperty("name").GetString());
            Assert.Equal(1, export.GetProperty("runs").GetArrayLength());
            var failed = Assert.Single(export.GetProperty("jobs").EnumerateArray(), job => job.GetProperty("name").GetString() == "fails");
            Assert.Equal(5, failed.GetProperty("attempts")[0].GetProperty("outcome").GetProperty("exit_code").GetInt32());
            Assert.Contains("seen", export.GetProperty("events").EnumerateArray().Select(one => one.GetProperty("type").GetString()));
        }

        Assert.Equal((0, "2\n"), await site.TorcAsync("import", "bad.torc.json", "-q"));
        Assert.Contains("draft", (await site.TorcAsync("show", "2")).Output, StringComparison.Ordinal);
        Assert.Equal((await site.TorcAsync("spec", "get", "1")).Output, (await site.TorcAsync("spec", "get", "2")).Output);
        var wrong = await site.TorcAsync("import", "bad.yaml");
        Assert.Equal(8, wrong.ExitCode);
        Assert.Contains("torc create bad.yaml", wrong.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_command_answers_programs_in_json()
    {
        await using var site = await StartAsync();
        Assert.Equal(0, (await site.TorcAsync("run", "good.yaml", "--wait", "-q")).ExitCode);
        Assert.Equal(0, (await site.TorcAsync("export", "1", "-o", "exported")).ExitCode);
        string[] commands =
        [
            "ls", "show 1", "show 1,1", "wait 1", "watch 1", "runs 1", "why 1 uses", "plan 1 --changed", "rerun 1 --all --dry-run", "logs 1 makes", "nodes",
            "data list --workflow 1", "data history results --workflow 1", "event post seen --workflow 1", "event list --workflow 1", "spec set 1 good.yaml --dry-run", "spec set 1 good.yaml", "spec diff 1", "resources 1", "resources 1 --jobs", "resources 1 --set uses.memory=300m --yes", "turn-off 1 --job uses", "turn-on 1 --select status:off", "top", "top 1",
            "import exported", "open 1 --no-open", "login", "token", "config show --origin", "doctor", "example", "check good.yaml", "create good.yaml", "run good.yaml", "down",
        ];

        foreach (string command in commands)
        {
            var (exitCode, output) = await site.TorcAsync([.. command.Split(' '), "--json"]);

            Assert.True(exitCode == 0, $"{command}: {output}");
            Assert.All(output.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => JsonDocument.Parse(line).Dispose());
        }

        var missing = await site.TorcAsync("show", "1", "--json");
        Assert.Equal((7, 7), (missing.ExitCode, JsonDocument.Parse(missing.Output).RootElement.GetProperty("exit_code").GetInt32()));
    }

    private async Task<Site> StartAsync()
    {
        var site = await Site.StartAsync(cpus: 2, Programs);
        await File.WriteAllTextAsync(Path.Combine(site.Work, "good.yaml"), Good, Cancel);
        await File.WriteAllTextAsync(Path.Combine(site.Work, "bad.yaml"), Bad, Cancel);
        return site;
    }

    // As a person has it who installed torc: on the path.
    private static async Task<(int ExitCode, string Output)> RunAsync(Site site, params string[] script)
    {
        string bin = Path.Combine(site.Work, "bin");
        Directory.CreateDirectory(bin);
        string torc = Path.Combine(bin, "torc");
        await File.WriteAllTextAsync(torc, $"#!/bin/sh\nexec {string.Join(' ', site.Torc.Select(part => $"'{part}'"))} \"$@\"\n", Cancel);
        File.SetUnixFileMode(torc, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var start = new ProcessStartInfo("sh", script) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = site.Work };
        start.Environment["TORC_DATA"] = site.Data.Path;
        start.Environment["PATH"] = $"{bin}:{start.Environment["PATH"]}";
        using var process = Process.Start(start)!;
        string[] output = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(Cancel), process.StandardError.ReadToEndAsync(Cancel)).WaitAsync(Site.Patience, Cancel);
        await process.WaitForExitAsync(Cancel).WaitAsync(Site.Patience, Cancel);
        return (process.ExitCode, string.Concat(output));
    }

    private static (int ExitCode, string Output) Trimmed((int ExitCode, string Output) answer) => (answer.ExitCode, answer.Output.Trim());
}
