using System.Text.RegularExpressions;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.EndToEnd;

/// <summary>Each sample runs as it is, and leaves what it promises.</summary>
public sealed partial class TemplateTests
{
    [Fact]
    public async Task The_sweep_makes_a_row_for_each_combination_and_sorts_them()
    {
        await using var site = await RunAsync("sweep");

        string[] table = await LinesAsync(site, "sweep/table.txt");
        Assert.Equal(12, table.Length);
        Assert.Equal("  5  1  191", table[0]);
        Assert.Equal(["5", "10", "20"], table.Select(row => row.Trim().Split(' ')[0]).Distinct());
    }

    [Fact]
    public async Task No_job_of_the_second_stage_starts_before_all_of_the_first_have_ended()
    {
        await using var site = await RunAsync("barrier");

        Assert.Equal(1000, (await LinesAsync(site, "barrier/all.txt")).Length);
        Assert.Equal(
            ["share_1.txt 31375", "share_2.txt 93875", "share_3.txt 156375", "share_4.txt 218875"],
            await LinesAsync(site, "barrier/report.txt"));
    }

    [Fact]
    public async Task The_training_posts_its_checkpoints_and_the_evaluation_stores_what_it_found()
    {
        await using var site = await RunAsync("train");

        await site.ConnectAsync();
        Assert.Equal(["5 32"], await LinesAsync(site, "train/model.txt"));
        Assert.Contains("loss", await site.Http.GetStringAsync("/api/v1/workflows/1/user_data", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        string events = await site.Http.GetStringAsync("/api/v1/workflows/1/events", TestContext.Current.CancellationToken);
        Assert.Equal(5, Checkpoint().Count(events));
    }

    [Fact]
    public async Task A_training_that_was_stopped_goes_on_with_the_checkpoint_that_is_there()
    {
        await using var site = Site.Empty();
        Directory.CreateDirectory(Path.Combine(site.Work, "train"));
        await File.WriteAllTextAsync(Path.Combine(site.Work, "train", "checkpoint.txt"), "4 64\n", TestContext.Current.CancellationToken);

        await RunAsync(site, "train");

        await site.ConnectAsync();
        Assert.Equal(["5 32"], await LinesAsync(site, "train/model.txt"));
        string events = await site.Http.GetStringAsync("/api/v1/workflows/1/events", TestContext.Current.CancellationToken);
        Assert.Equal(1, Checkpoint().Count(events));
    }

    [Fact]
    public async Task The_job_that_stays_within_its_memory_ends_well()
    {
        await using var site = await RunAsync("retry");

        Assert.Equal(["went well with 64M"], await LinesAsync(site, "retry/result.txt"));
    }

    [Fact]
    public async Task Each_line_of_a_file_of_commands_is_a_job()
    {
        await using var site = await RunAsync("commands");

        Assert.Equal(["100", "99", "98"], await LinesAsync(site, "commands/greatest.txt"));
        Assert.Equal(["1", "2", "3"], await LinesAsync(site, "commands/smallest.txt"));
        Assert.Equal(["done"], await LinesAsync(site, "commands/slept.txt"));
        Assert.Equal(6, Directory.EnumerateFiles(Path.Combine(site.Work, "commands")).Count(file => Path.GetFileName(file) != "commands.txt"));
    }

    [Fact]
    public async Task The_blank_one_is_a_beginning_that_runs()
    {
        await using var site = await RunAsync("blank");
    }

    [Fact]
    public async Task Who_asks_for_an_example_that_is_not_there_hears_which_there_are()
    {
        await using var site = Site.Empty();

        var (exitCode, output) = await site.TorcAsync("up", "--example", "diamnd");

        Assert.Equal(5, exitCode);
        Assert.All(Repository.Samples, name => Assert.Contains($"  {name} ", output, StringComparison.Ordinal));
    }

    private static async Task<Site> RunAsync(string name)
    {
        var site = Site.Empty();
        try
        {
            await RunAsync(site, name);
            return site;
        }
        catch
        {
            await site.DisposeAsync();
            throw;
        }
    }

    private static async Task RunAsync(Site site, string name)
    {
        var (exitCode, output) = await site.TorcAsync("up", "--example", name, "--exit-when-done", "--port", "0", "--cpus", "2");

        Assert.True(exitCode == 0, output);
        Assert.DoesNotContain("error[", output, StringComparison.Ordinal);
    }

    private static Task<string[]> LinesAsync(Site site, string path) => File.ReadAllLinesAsync(Path.Combine(site.Work, path), TestContext.Current.CancellationToken);

    [GeneratedRegex("\"type\":\"checkpoint\"", RegexOptions.NonBacktracking)]
    private static partial Regex Checkpoint();
}
