using Torc.Agent.Running;
using Torc.Agent.Sampling;
using Torc.Shared.Jobs;
using Torc.Shared.Placement;
using Torc.Tests.Agent.Support;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.Agent.Running;

/// <summary>Jobs that are ended: by somebody's wish, by their runtime, by their lease.</summary>
public sealed class KeeperLimitsTests : IAsyncLifetime
{
    private static readonly TimeSpan Long = 3 * Waiting.Patience;
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(200);

    private KeeperProcess _keeper = null!;

    public async ValueTask InitializeAsync() => _keeper = await KeeperProcess.StartAsync();

    public ValueTask DisposeAsync() => _keeper.DisposeAsync();

    [Fact]
    public async Task A_stop_asks_all_processes_and_not_only_the_shell()
    {
        const string child = "trap 'echo child >> heard; exit 1' TERM; echo $$ > child; while :; do sleep 0.01; done";
        const string escaped = "trap 'echo escaped >> heard; exit 3' TERM; echo $$ > escaped; while :; do sleep 0.01; done";
        string command = $"sh -c \"{Escape(child)}\" & setsid sh -c \"{Escape(escaped)}\" & trap 'echo leader >> heard; exit 2' TERM; while :; do sleep 0.01; done";
        var job = _keeper.Job(1, command) with { Grace = Long };
        await _keeper.GiveAsync(job);
        await _keeper.PidInFileAsync("child");
        await _keeper.PidInFileAsync("escaped");

        var end = await _keeper.StopAsync(job.Attempt);

        Assert.Equal(new Outcome(OutcomeKind.Terminated, 2, "stopped by ann"), end.Outcome);
        Assert.Equal(["child", "escaped", "leader"], (await _keeper.ReadAsync("heard")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Order());
    }

    [Fact]
    public async Task A_child_that_saves_its_work_keeps_its_grace_after_the_shell_has_ended()
    {
        var job = _keeper.Job(1, "sh -c 'trap \"sleep 0.3; echo saved > saved; exit\" TERM; echo $$ > child; while :; do sleep 0.01; done' & wait") with { Grace = Long };
        await _keeper.GiveAsync(job);
        await _keeper.PidInFileAsync("child");

        var end = await _keeper.StopAsync(job.Attempt);

        // The end is told only when the child is gone too, so what it wrote is there.
        Assert.Equal(new Outcome(OutcomeKind.Terminated, 143, "stopped by ann"), end.Outcome);
        Assert.Equal("saved\n", await _keeper.ReadAsync("saved"));
    }

    [Fact]
    public async Task One_that_waits_for_room_is_canceled_by_a_stop()
    {
        var all = ResourceRequirements.Default with { Cpus = 4 };
        await _keeper.GiveAsync(_keeper.Job(1, "sleep 300") with { Granted = all }, _keeper.Job(2, "touch ran") with { Granted = all });

        var end = await _keeper.StopAsync(new AttemptId(new JobId(2), 1));

        Assert.Equal(new Outcome(OutcomeKind.Canceled, null, "stopped by ann"), end.Outcome);
        Assert.Null(end.StartedAt);
    }

    [Fact]
    public async Task A_runtime_that_is_over_ends_the_job()
    {
        var end = await _keeper.RunAsync(_keeper.Job(1, "sleep 300") with { Granted = ResourceRequirements.Default with { Runtime = Short } });

        Assert.Equal((OutcomeKind.Timeout, 143), (end.Outcome.Kind, end.Outcome.ExitCode));
        Assert.Matches(@"^ran 0\.\d+ s of 0\.2 s$", end.Outcome.Detail);
        Assert.Equal(JobStatus.Terminated, end.Outcome.Status);
    }

    [Fact]
    public async Task A_job_that_saves_its_work_when_its_time_is_over_has_not_completed()
    {
        var job = _keeper.Job(1, "trap 'exit 0' TERM; while :; do sleep 0.01; done") with { Granted = ResourceRequirements.Default with { Runtime = Short } };

        var end = await _keeper.RunAsync(job);

        Assert.Equal((OutcomeKind.Timeout, 0), (end.Outcome.Kind, end.Outcome.ExitCode));
    }

    [Fact]
    public async Task A_lease_that_runs_out_ends_the_job_although_no_agent_is_there()
    {
        var job = _keeper.Job(1, "echo $$ > me; sleep 300") with { Lease = TimeSpan.FromSeconds(1), Grace = TimeSpan.Zero };
        await _keeper.GiveAsync(job);
        int pid = await _keeper.PidInFileAsync("me");

        await _keeper.DisconnectAsync();
        await KeeperProcess.UntilGoneAsync(pid);
        await _keeper.ConnectAsync();

        var end = await _keeper.EndOfAsync(job.Attempt);
        Assert.Equal(OutcomeKind.Fenced, end.Outcome.Kind);
        Assert.StartsWith("no word from the server for ", end.Outcome.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lease_that_is_renewed_goes_on()
    {
        long asked = MachineClock.Instance.GetTimestamp();
        var renewed = _keeper.Job(1, "mkfifo gate; read wait < gate") with { Lease = TimeSpan.FromSeconds(1), Grace = TimeSpan.Zero };
        var forgotten = _keeper.Job(2, "sleep 300") with { Lease = TimeSpan.FromSeconds(1), Grace = TimeSpan.Zero };
        await _keeper.GiveAsync(renewed, forgotten);

        await _keeper.SendAsync(new RenewLeases([renewed.Attempt], asked + (long)(Long.TotalSeconds * MachineClock.Instance.TimestampFrequency)));

        Assert.Equal(OutcomeKind.Fenced, (await _keeper.EndOfAsync(forgotten.Attempt)).Outcome.Kind);
        await _keeper.RunAsync(_keeper.Job(3, "echo go > gate"));
        Assert.True((await _keeper.EndOfAsync(renewed.Attempt)).Outcome.Succeeded);
    }

    [Fact]
    public async Task One_that_waits_is_ended_unstarted_when_its_lease_has_run_out()
    {
        var all = ResourceRequirements.Default with { Cpus = 4 };
        var waits = _keeper.Job(2, "touch ran") with { Granted = all, Lease = TimeSpan.FromSeconds(1) };
        await _keeper.GiveAsync(_keeper.Job(1, "sleep 300") with { Granted = all }, waits);

        var end = await _keeper.EndOfAsync(waits.Attempt);

        Assert.Equal((OutcomeKind.Fenced, null), (end.Outcome.Kind, end.StartedAt));
        Assert.False(File.Exists(Path.Combine(_keeper.WorkingDirectory, "ran")));
    }

    [Fact]
    public async Task A_keeper_that_was_frozen_ends_what_has_run_out_before_it_does_anything_else()
    {
        var job = _keeper.Job(1, "echo $$ > me; trap '' TERM; while :; do sleep 0.01; done") with { Lease = TimeSpan.FromSeconds(2), Grace = TimeSpan.FromMilliseconds(100) };
        await _keeper.GiveAsync(job);
        int pid = await _keeper.PidInFileAsync("me");
        await _keeper.StartOfAsync(job.Attempt);
        Processes.Freeze(_keeper.Pid);
        long leaseEnds = MachineClock.Instance.GetTimestamp() + (2 * MachineClock.Instance.TimestampFrequency);
        // One that has been killed may not have got a processor since. ShdPnd: 0000000000000100 says that SIGKILL waits for it.
        await _keeper.GiveAsync(_keeper.Job(2, $"grep -q ' [RSD] ' /proc/{pid}/stat && grep -q 'ShdPnd:.*[02468ace]..$' /proc/{pid}/status && grep -q ' [RSD] ' /proc/{pid}/stat && touch met"));
        await KeeperProcess.Until(() => MachineClock.Instance.GetTimestamp() > leaseEnds);
        Assert.True(ProcFolder.TryRead(pid, out _));

        Processes.Thaw(_keeper.Pid);

        Assert.Equal(OutcomeKind.Fenced, (await _keeper.EndOfAsync(job.Attempt)).Outcome.Kind);
        await _keeper.EndOfAsync(new AttemptId(new JobId(2), 1));
        Assert.False(File.Exists(Path.Combine(_keeper.WorkingDirectory, "met")), "another job was started while one was there whose lease had run out");
    }

    [Fact]
    public async Task A_keeper_that_is_told_to_stop_gives_its_jobs_their_grace()
    {
        // Longer than a command line usually waits for its command to clean up.
        var job = _keeper.Job(1, "trap 'sleep 2.5; echo saved > saved; exit 0' TERM; echo $$ > me; while :; do sleep 0.01; done") with { Grace = Long };
        await _keeper.GiveAsync(job);
        await _keeper.PidInFileAsync("me");
        await _keeper.StartOfAsync(job.Attempt);

        await _keeper.StopAndRestartAsync();

        var end = await _keeper.EndOfAsync(job.Attempt);
        Assert.Equal(new Outcome(OutcomeKind.Terminated, 0, "the keeper was told to stop"), end.Outcome);
        Assert.Equal("saved\n", await _keeper.ReadAsync("saved"));
    }

    [Fact]
    public async Task The_room_of_a_job_is_free_only_when_nothing_of_it_is_left()
    {
        // A thousand processes take a moment to end.
        var all = ResourceRequirements.Default with { Cpus = 4 };
        var first = _keeper.Job(1, "i=0; while [ $((i += 1)) -le 200 ]; do sleep 301 & done; exec 3>&-; exit 0") with { Granted = all };
        var second = _keeper.Job(2, "for p in /proc/[0-9]*; do tr '\\0' ' ' < $p/cmdline; echo; done 2>/dev/null | grep -c '^sleep 301'") with { Granted = all };

        await _keeper.GiveAsync(first, second);

        Assert.Equal(0, (await _keeper.EndOfAsync(first.Attempt)).Outcome.ExitCode);
        await _keeper.EndOfAsync(second.Attempt);
        Assert.Equal("0\n", await _keeper.OutputAsync(2));
    }

    private static string Escape(string script) => script.Replace("$", "\\$", StringComparison.Ordinal);
}
