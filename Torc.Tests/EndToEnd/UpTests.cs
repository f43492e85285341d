using Xunit;

namespace Torc.Tests.EndToEnd;

/// <summary><c>torc up</c> as a person types it.</summary>
public sealed class UpTests
{
    [Fact]
    public async Task A_spec_with_a_typo_is_refused_with_its_place_and_a_suggestion_and_nothing_is_started()
    {
        await using var site = Site.Empty();
        await File.WriteAllTextAsync(Path.Combine(site.Work, "typo.json"), """
            {
              "name": "typo",
              "jobs": [{"name": "a", "comand": "true"}]
            }
            """,
            TestContext.Current.CancellationToken);

        var (exitCode, output) = await site.TorcAsync("up", "typo.json", "--exit-when-done");

        Assert.Equal(8, exitCode);
        Assert.Contains("typo.json:3:26", output, StringComparison.Ordinal);
        Assert.Contains("did you mean \"command\"?", output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(site.Data.Path));
    }

    [Fact]
    public async Task A_workflow_is_run_to_its_end_and_the_exit_code_says_how_it_ended()
    {
        await using var site = Site.Empty();
        await WriteAsync(site, "good.yaml", "{name: good, jobs: [{name: a, command: 'echo hi > out'}]}");
        await WriteAsync(site, "bad.yaml", "{name: bad, jobs: [{name: a, command: 'exit 2'}]}");

        var good = await site.TorcAsync("up", "good.yaml", "--exit-when-done", "--port", "0");
        var bad = await site.TorcAsync("up", "bad.yaml", "--exit-when-done");

        Assert.True(good.ExitCode == 0, good.Output);
        Assert.True(bad.ExitCode == 3, bad.Output);
        Assert.Contains(" COMPLETED a attempt=1", good.Output, StringComparison.Ordinal);
        Assert.Contains("exit code 2", bad.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(site.Work, "out")));
    }

    [Fact]
    public async Task An_input_that_is_not_there_is_said_before_anything_is_stored()
    {
        await using var site = Site.Empty();
        await WriteAsync(site, "spec.yaml", "{name: x, jobs: [{name: a, command: 'cat in', input_files: [in]}], files: [{name: in, path: in.txt}]}");

        var (exitCode, output) = await site.TorcAsync("up", "spec.yaml", "--exit-when-done", "--port", "0");

        Assert.Equal(8, exitCode);
        Assert.Contains("TORC120", output, StringComparison.Ordinal);
        await site.ConnectAsync();
        Assert.Equal("[]", await site.Http.GetStringAsync("/api/v1/workflows", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Two_at_once_share_one_server()
    {
        await using var site = Site.Empty();
        await WriteAsync(site, "one.yaml", "{name: one, jobs: [{name: a, command: 'true'}]}");
        await WriteAsync(site, "two.yaml", "{name: two, jobs: [{name: a, command: 'true'}]}");

        var both = await Task.WhenAll(new[] { "one.yaml", "two.yaml" }.Select(spec => site.TorcAsync("up", spec, "--exit-when-done", "--port", "0")));

        Assert.All(both, up => Assert.True(up.ExitCode == 0, up.Output));
        await site.ConnectAsync();
        string all = await site.Http.GetStringAsync("/api/v1/workflows", TestContext.Current.CancellationToken);
        Assert.Contains("\"one\"", all, StringComparison.Ordinal);
        Assert.Contains("\"two\"", all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Down_ends_what_up_started()
    {
        await using var site = Site.Empty();
        Assert.Equal(0, (await site.TorcAsync("up", "--port", "0")).ExitCode);

        var down = await site.TorcAsync("down");

        Assert.Equal(0, down.ExitCode);
        Assert.StartsWith("The server", down.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(site.Data.ServerFile));
        Assert.Contains("Neither", (await site.TorcAsync("down")).Output, StringComparison.Ordinal);
    }

    private static Task WriteAsync(Site site, string name, string text) =>
        File.WriteAllTextAsync(Path.Combine(site.Work, name), text, TestContext.Current.CancellationToken);
}
