using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Tests.Agent.Support;
using Xunit;

namespace Torc.Tests.Agent.Running;

/// <summary>Recovery scripts before commands, with real processes.</summary>
public sealed class RecoveryStepsTests : IAsyncLifetime
{
    private KeeperProcess _keeper = null!;

    public async ValueTask InitializeAsync() => _keeper = await KeeperProcess.StartAsync();

    public ValueTask DisposeAsync() => _keeper.DisposeAsync();

    [Fact]
    public async Task The_script_runs_before_the_command_and_both_write_into_the_log_of_the_attempt()
    {
        var end = await RunAsync("echo \"mend '$PWD'\"; echo oh >&2", "echo work $TORC_JOB_NAME; echo ah >&2");

        Assert.Equal(new Outcome(OutcomeKind.Exit, 0), end.Outcome);
        Assert.Equal($"mend '{_keeper.WorkingDirectory}'\nwork job1\n", await _keeper.OutputAsync(1));
        Assert.Equal("oh\nah\n", await _keeper.OutputAsync(1, LogStream.Stderr));
    }

    [Fact]
    public async Task The_script_knows_what_it_is_to_mend_and_the_command_does_not()
    {
        await RunAsync("echo $TORC_FAILED_ATTEMPT $TORC_FAILED_EXIT_CODE $TORC_FAILED_OUTCOME", "env | grep -c TORC_FAILED");

        Assert.Equal("2 137 out_of_memory\n0\n", await _keeper.OutputAsync(1));
    }

    [Fact]
    public async Task After_a_script_that_failed_the_command_is_not_started()
    {
        var end = await RunAsync("exit 7", "touch started");

        Assert.Equal(new Outcome(OutcomeKind.Exit, 7, "the recovery script ended with 7, so the command was not started"), end.Outcome);
        Assert.False(File.Exists(Path.Combine(_keeper.WorkingDirectory, "started")));
    }

    [Fact]
    public async Task A_command_that_ends_with_the_same_code_is_told_from_its_script()
    {
        var end = await RunAsync("true", "exit 7");

        Assert.Equal(new Outcome(OutcomeKind.Exit, 7), end.Outcome);
    }

    [Fact]
    public async Task A_command_that_a_signal_ends_is_seen_through_its_script()
    {
        var end = await RunAsync("true", "kill -9 $$");

        Assert.Equal(new Outcome(OutcomeKind.Signal, 137, "SIGKILL"), end.Outcome);
    }

    [Fact]
    public async Task A_stop_reaches_the_script_too()
    {
        var job = Job("echo $$ > script.pid; sleep 300", "touch started");
        await _keeper.GiveAsync(job);
        int script = await _keeper.PidInFileAsync("script.pid");

        var end = await _keeper.StopAsync(job.Attempt);

        Assert.Equal(OutcomeKind.Terminated, end.Outcome.Kind);
        await KeeperProcess.UntilGoneAsync(script);
        Assert.False(File.Exists(Path.Combine(_keeper.WorkingDirectory, "started")));
    }

    private Assignment Job(string script, string command) =>
        _keeper.Job(1, command) with { Recovery = new RecoveryOrder(script, FailedAttempt: 2, OutcomeKind.OutOfMemory, ExitCode: 137) };

    private Task<AttemptEnded> RunAsync(string script, string command) => _keeper.RunAsync(Job(script, command));
}
