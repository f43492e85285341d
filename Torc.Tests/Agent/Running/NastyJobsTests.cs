using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Placement;
using Torc.Shared.Quantities;
using Torc.Tests.Agent.Support;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.Agent.Running;

/// <summary>
/// Jobs that do what a keeper has to fear. Whatever they do: the end is told as it was, and when it is told, no process of them is
/// left. Each runs with and without a limit of its memory, as the kernel helps only with one.
/// </summary>
public sealed class NastyJobsTests : IAsyncLifetime
{
    private static readonly TimeSpan Long = 3 * Waiting.Patience;
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(300);

    private KeeperProcess _keeper = null!;
    private int _jobs;

    public async ValueTask InitializeAsync() => _keeper = await KeeperProcess.StartAsync();

    public async ValueTask DisposeAsync()
    {
        var left = await _keeper.KillMarkedProcessesAsync();
        await _keeper.DisposeAsync();
        Assert.Empty(left);
    }

    [Theory]
    [InlineData("setsid sleep 300 &", 0)]
    [InlineData("(setsid sh -c 'sleep 300 & sleep 300' &); sleep 0.1", 0)]
    [InlineData("(setsid sh -c '(setsid sh -c \"(setsid sleep 300 &)\" &)' &); exit 4", 4)]
    [InlineData("perl -MPOSIX -e 'for (1 .. 5) { fork and POSIX::_exit(0); setsid; } sleep 300'", 0)]
    [InlineData("nohup sleep 300 > /dev/null 2>&1 < /dev/null & disown", 0)]
    public async Task A_daemon_ends_with_its_job(string command, int exitCode) => await BothWaysAsync(command, new Outcome(OutcomeKind.Exit, exitCode));

    [Theory]
    [InlineData("env -i sh -c 'sleep 300' &", 0)]
    [InlineData("(env -i setsid sh -c 'echo $$ > hidden; sleep 300; :' &); until test -s hidden; do :; done", 0)]
    public async Task One_that_hides_its_name_ends_too(string command, int exitCode)
    {
        await BothWaysAsync(command, new Outcome(OutcomeKind.Exit, exitCode));

        // It carries no mark, so it has to be asked for by its number.
        string hidden = Path.Combine(_keeper.WorkingDirectory, "hidden");
        if (File.Exists(hidden))
        {
            await KeeperProcess.UntilGoneAsync(await _keeper.PidInFileAsync("hidden"));
        }
    }

    [Fact]
    public async Task One_that_does_not_hear_SIGTERM_is_killed_after_its_grace()
    {
        var job = _keeper.Job(1, "trap '' TERM; echo $$ > me; (trap '' TERM; sleep 300) & while :; do sleep 0.01; done") with { Grace = Short };
        await _keeper.GiveAsync(job);
        await _keeper.PidInFileAsync("me");

        Assert.Equal(new Outcome(OutcomeKind.Terminated, 137, "stopped by ann"), (await EndOfStoppedAsync(job)).Outcome);
    }

    [Fact]
    public async Task One_that_hears_SIGTERM_and_goes_on_is_killed_after_its_grace()
    {
        var job = _keeper.Job(1, "trap 'echo heard >> heard' TERM; echo $$ > me; while :; do sleep 0.01; done") with { Grace = Short };
        await _keeper.GiveAsync(job);
        await _keeper.PidInFileAsync("me");

        Assert.Equal(new Outcome(OutcomeKind.Terminated, 137, "stopped by ann"), (await EndOfStoppedAsync(job)).Outcome);
        Assert.Equal("heard\n", await _keeper.ReadAsync("heard"));
    }

    [Fact]
    public async Task One_that_exits_with_0_when_it_is_asked_to_end_has_not_completed()
    {
        var job = _keeper.Job(1, "trap 'exit 0' TERM; echo $$ > me; while :; do sleep 0.01; done") with { Grace = Long };
        await _keeper.GiveAsync(job);
        await _keeper.PidInFileAsync("me");

        Assert.Equal(new Outcome(OutcomeKind.Terminated, 0, "stopped by ann"), (await EndOfStoppedAsync(job)).Outcome);
    }

    [Fact]
    public async Task One_that_stopped_itself_hears_SIGTERM_all_the_same()
    {
        var job = _keeper.Job(1, "trap 'exit 9' TERM; echo $$ > me; kill -STOP $$; while :; do sleep 0.01; done") with { Grace = Long };
        await _keeper.GiveAsync(job);
        int pid = await _keeper.PidInFileAsync("me");
        await KeeperProcess.Until(() => Processes.IsStopped(pid));

        Assert.Equal(new Outcome(OutcomeKind.Terminated, 9, "stopped by ann"), (await EndOfStoppedAsync(job)).Outcome);
    }

    [Fact]
    public async Task One_that_stopped_itself_is_ended_when_its_time_is_over()
    {
        var job = _keeper.Job(1, "trap '' TERM; kill -STOP $$; while :; do kill -STOP $$; done") with
        {
            Grace = Short,
            Granted = ResourceRequirements.Default with { Runtime = Short },
        };

        var end = await _keeper.RunAsync(job);

        Assert.Equal((OutcomeKind.Timeout, 137), (end.Outcome.Kind, end.Outcome.ExitCode));
    }

    [Fact]
    public async Task An_exit_with_137_is_told_from_a_kill()
    {
        await BothWaysAsync("exit 137", new Outcome(OutcomeKind.Exit, 137));
        await BothWaysAsync("kill -9 $$", new Outcome(OutcomeKind.Signal, 137, "SIGKILL"));
    }

    [Fact]
    public async Task A_child_that_kills_its_parent_ends_the_job_and_itself() =>
        await BothWaysAsync("sh -c 'kill -9 $PPID; sleep 300'; :", new Outcome(OutcomeKind.Signal, 137, "SIGKILL"));

    [Theory]
    [InlineData("kill -9 0", 137, "SIGKILL")]
    [InlineData("sleep 300 & setsid sleep 300 & kill -TERM 0", 143, "SIGTERM")]
    [InlineData("sleep 300 & pkill -9 -s 0; :", 137, "SIGKILL")]
    public async Task One_that_kills_its_session_ends_by_that_signal_and_nobody_else_does(string command, int exitCode, string name) =>
        await BothWaysAsync(command, new Outcome(OutcomeKind.Signal, exitCode, name));

    [Fact]
    public async Task One_that_kills_the_process_group_of_the_keeper_is_lost_with_it_and_ended_by_the_next()
    {
        await _keeper.GiveAsync(_keeper.Job(1, "(setsid sleep 300 &); sleep 300 & kill -9 -- -$(cut -d' ' -f5 /proc/$PPID/stat); sleep 300"));

        await _keeper.UntilDeadAndRestartAsync();

        Assert.Equal(OutcomeKind.NodeLost, Assert.IsType<AttemptEnded>(Assert.Single(_keeper.State.Reports)).Outcome.Kind);
    }

    [Fact]
    public async Task A_pipe_that_nobody_reads_ends_its_writer()
    {
        await BothWaysAsync("yes | head -1; test \"${PIPESTATUS[*]}\" = '141 0'", new Outcome(OutcomeKind.Exit, 0));
    }

    [Theory]
    [InlineData("exec >&- 2>&- <&-; sleep 0.05; exit 5")]
    [InlineData("exec > /dev/full 2>&1; echo lost; exit 5")]
    public async Task One_that_closes_its_output_ends_as_it_does(string command) => await BothWaysAsync(command, new Outcome(OutcomeKind.Exit, 5));

    [Fact]
    public async Task A_grandchild_that_holds_the_output_open_keeps_nobody_waiting() =>
        await BothWaysAsync("(sh -c 'exec sleep 300' &) ; echo done; exit 6", new Outcome(OutcomeKind.Exit, 6));

    [Fact]
    public async Task A_flood_of_output_goes_to_the_disk_and_not_through_the_keeper()
    {
        await _keeper.RunAsync(_keeper.Job(7, "true"));
        var before = Processes.Memory(_keeper.Pid);

        await _keeper.RunAsync(_keeper.Job(1, "head -c 300000000 /dev/zero; head -c 100000000 /dev/zero >&2"));

        var after = Processes.Memory(_keeper.Pid);
        Assert.Equal(300_000_000, new FileInfo(_keeper.Spool.LogFile(new AttemptId(new JobId(1), 1), LogStream.Stdout)).Length);
        Assert.True(after - before < MemorySize.Mebibytes(30), $"the keeper grew from {before} to {after}");
    }

    [Fact]
    public async Task A_log_that_was_made_a_link_is_not_followed()
    {
        string target = Path.Combine(_keeper.WorkingDirectory, "precious");
        await File.WriteAllTextAsync(target, "precious", TestContext.Current.CancellationToken);
        _keeper.Spool.MakeLogFolder(new AttemptId(new JobId(1), 1));
        File.CreateSymbolicLink(_keeper.Spool.LogFile(new AttemptId(new JobId(1), 1), LogStream.Stdout), target);

        var end = await _keeper.RunAsync("echo overwritten");

        Assert.Equal(OutcomeKind.SpawnError, end.Outcome.Kind);
        Assert.Equal("precious", await _keeper.ReadAsync("precious"));
    }

    [Theory]
    [InlineData("perl -e '$0 = \"[kworker/0:1]\"; %ENV = (); $0 = \"\"; fork; fork; sleep 300' & sleep 0.05; exit 3", 3)]
    [InlineData("perl -e 'fork and exit 3; exec { \"/usr/bin/env\" } \"init\", \"-i\", \"sleep\", \"300\"'", 3)]
    public async Task One_that_changes_its_name_and_its_environment_ends_with_its_job(string command, int exitCode) =>
        await BothWaysAsync(command, new Outcome(OutcomeKind.Exit, exitCode));

    [Fact]
    public async Task One_that_takes_a_gigabyte_a_second_is_ended_for_its_memory()
    {
        var job = Limited(_keeper.Job(1, "(setsid perl -e 'for (1 .. 512) { $x .= \"x\" x (4 << 20) } sleep 300' &); sleep 300"), true);

        var end = await _keeper.RunAsync(job);

        Assert.Equal(OutcomeKind.OutOfMemory, end.Outcome.Kind);
    }

    [Fact]
    public async Task A_job_that_is_no_program_says_so()
    {
        string script = Path.Combine(_keeper.WorkingDirectory, "no-first-line");
        await File.WriteAllTextAsync(script, "exit 8\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        await BothWaysAsync(script, new Outcome(OutcomeKind.Exit, 8));
        await BothWaysAsync("./no-such-program", new Outcome(OutcomeKind.Exit, 127));
    }

    private static Assignment Limited(Assignment job, bool isLimited) =>
        isLimited ? job with { Granted = job.Granted with { Memory = MemorySize.Mebibytes(400) } } : job;

    private async Task BothWaysAsync(string command, Outcome expected)
    {
        foreach (bool isLimited in (bool[])[false, true])
        {
            var id = new AttemptId(new JobId(++_jobs), 1);
            var end = await _keeper.RunAsync(Limited(_keeper.Job(_jobs, command), isLimited));

            Assert.Equal(expected, end.Outcome);
            Assert.Equal(id, end.Attempt);
            Assert.Empty(await _keeper.MarkedProcessesAsync());
        }
    }

    private async Task<AttemptEnded> EndOfStoppedAsync(Assignment job)
    {
        var end = await _keeper.StopAsync(job.Attempt);
        Assert.Empty(await _keeper.MarkedProcessesAsync());
        return end;
    }
}
