using Torc.Shared.Jobs;
using Torc.Shared.Reruns;
using Torc.Tests.Agent.Support;
using Xunit;

namespace Torc.Tests.Agent.Running;

public sealed class KeeperFilesTests : IAsyncLifetime
{
    private KeeperProcess _keeper = null!;

    public async ValueTask InitializeAsync() => _keeper = await KeeperProcess.StartAsync();

    public ValueTask DisposeAsync() => _keeper.DisposeAsync();

    [Fact]
    public async Task An_end_tells_what_was_read_and_written()
    {
        await WriteAsync("in.txt");

        var end = await _keeper.RunAsync(_keeper.Job(1, "printf four > out.txt", "out.txt") with { Inputs = ["in.txt", "nothing.txt"] });

        Assert.True(end.Outcome.Succeeded);
        Assert.Equal(["in.txt", "nothing.txt"], end.Files!.Inputs.Select(file => file.Path));
        Assert.Equal([FileState.Present, FileState.Missing], end.Files.Inputs.Select(file => file.State));
        Assert.All(end.Files.Inputs, file => Assert.False(file.WasChangedMeanwhile));
        var output = Assert.Single(end.Files.Outputs);
        Assert.Equal(("out.txt", 4L), (output.Path, output.Identity!.Value.Size));
    }

    [Fact]
    public async Task An_input_that_changes_while_the_job_runs_is_told_as_it_was_before()
    {
        await WriteAsync("a.txt");
        await WriteAsync("b.txt");

        var end = await _keeper.RunAsync(_keeper.Job(1, "echo more >> a.txt") with { Inputs = ["a.txt", "b.txt"] });

        Assert.Equal([true, false], end.Files!.Inputs.Select(file => file.WasChangedMeanwhile));
        Assert.Equal(5, end.Files.Inputs[0].Identity!.Value.Size);
    }

    [Fact]
    public async Task A_job_that_fails_tells_its_files_too()
    {
        await WriteAsync("a.txt");

        var end = await _keeper.RunAsync(_keeper.Job(1, "exit 3", "out.txt") with { Inputs = ["a.txt"] });

        Assert.Equal(3, end.Outcome.ExitCode);
        Assert.Equal(FileState.Present, Assert.Single(end.Files!.Inputs).State);
        Assert.Equal(FileState.Missing, Assert.Single(end.Files.Outputs).State);
    }

    [Fact]
    public async Task An_output_that_cannot_be_looked_at_is_not_missing()
    {
        var end = await _keeper.RunAsync("ln -s round round", "round");

        Assert.Equal(OutcomeKind.Exit, end.Outcome.Kind);
        Assert.Equal(FileState.Unknown, Assert.Single(end.Files!.Outputs).State);
    }

    [Fact]
    public async Task A_job_without_files_tells_none()
    {
        Assert.Null((await _keeper.RunAsync("true")).Files);
    }

    [Fact]
    public async Task What_was_read_and_written_survives_the_keeper()
    {
        await WriteAsync("in.txt");
        var before = await _keeper.RunAsync(_keeper.Job(1, "touch out.txt", "out.txt") with { Inputs = ["in.txt"] });

        await _keeper.CrashAndRestartAsync();

        var after = await _keeper.EndOfAsync(before.Attempt);
        Assert.Equal(before.Files!.Inputs, after.Files!.Inputs);
        Assert.Equal(before.Files.Outputs, after.Files.Outputs);
    }

    private Task WriteAsync(string name) => File.WriteAllTextAsync(Path.Combine(_keeper.WorkingDirectory, name), "text\n", TestContext.Current.CancellationToken);
}
