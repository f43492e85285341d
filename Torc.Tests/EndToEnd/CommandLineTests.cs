using System.Diagnostics;
using System.Text.Json;
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

    /// <summary>Which torc is tested.</summary>
    private protected abstract Programs Programs { get; }

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
