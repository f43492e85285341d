using System.Globalization;
using Torc.Agent.Running;
using Torc.Agent.Sampling;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Placement;
using Torc.Shared.Quantities;
using Torc.Tests.Agent.Support;
using Xunit;

namespace Torc.Tests.Agent.Running;

public sealed class KeeperTests : IAsyncLifetime
{
    private KeeperProcess _keeper = null!;

    public async ValueTask InitializeAsync() => _keeper = await KeeperProcess.StartAsync();

    public ValueTask DisposeAsync() => _keeper.DisposeAsync();

    [Theory]
    [InlineData("true", 0)]
    [InlineData("/bin/sh -c true", 0)]
    [InlineData("exit 3", 3)]
    [InlineData("exit 137", 137)]
    [InlineData("no-such-program", 127)]
    public async Task A_command_that_ends_by_itself_has_its_own_exit_code(string command, int exitCode)
    {
        var end = await _keeper.RunAsync(command);

        Assert.Equal(new Outcome(OutcomeKind.Exit, exitCode), end.Outcome);
    }

    [Fact]
    public async Task A_command_that_a_signal_ended_is_told_from_one_that_exits_with_that_number()
    {
        var end = await _keeper.RunAsync("kill -9 $$");

        Assert.Equal(new Outcome(OutcomeKind.Signal, 137, "SIGKILL"), end.Outcome);
    }

    [Fact]
    public async Task An_output_that_is_not_there_fails_a_command_that_exits_with_0()
    {
        var end = await _keeper.RunAsync("touch made.txt", "made.txt", "forgotten.txt");

        Assert.Equal(OutcomeKind.MissingOutput, end.Outcome.Kind);
        Assert.Equal(0, end.Outcome.ExitCode);
        Assert.Equal("forgotten.txt", end.Outcome.Detail);
    }

    [Fact]
    public async Task Of_many_outputs_that_are_not_there_a_few_are_named()
    {
        var end = await _keeper.RunAsync("true", [.. Enumerable.Range(1, 3_000).Select(number => $"out-{number}.txt")]);

        Assert.Equal("out-1.txt, out-2.txt, out-3.txt, out-4.txt, out-5.txt and 2995 more", end.Outcome.Detail);
    }

    [Fact]
    public async Task An_output_that_is_there_is_found_relative_to_the_working_directory()
    {
        var end = await _keeper.RunAsync("touch made.txt", "made.txt");

        Assert.True(end.Outcome.Succeeded);
    }

    [Fact]
    public async Task A_missing_working_directory_is_a_spawn_error_that_names_it()
    {
        var end = await _keeper.RunAsync(_keeper.Job(1, "true") with { WorkingDirectory = "/no/such/folder" });

        Assert.Equal(OutcomeKind.SpawnError, end.Outcome.Kind);
        Assert.Contains("/no/such/folder", end.Outcome.Detail, StringComparison.Ordinal);
        Assert.Null(end.StartedAt);
    }

    [Fact]
    public async Task What_waits_for_room_is_given_back_when_it_is_wanted_and_is_never_started()
    {
        var runs = _keeper.Job(1, "read wait < gate") with { Granted = new ResourceRequirements(4, new MemorySize(0), 0, 1, TimeSpan.FromHours(1)) };
        var waits = _keeper.Job(2, "touch started");
        Assert.True((await _keeper.RunAsync(_keeper.Job(9, "mkfifo gate"))).Outcome.Succeeded);
        await _keeper.GiveAsync(runs, waits);
        await _keeper.StartOfAsync(runs.Attempt);

        await _keeper.SendAsync(new ReturnAttempts([runs.Attempt, waits.Attempt]));
        await _keeper.ReturnOfAsync(waits.Attempt);

        await File.WriteAllTextAsync(Path.Combine(_keeper.WorkingDirectory, "gate"), "go\n", TestContext.Current.CancellationToken);
        Assert.True((await _keeper.EndOfAsync(runs.Attempt)).Outcome.Succeeded);
        await _keeper.ConnectAsync();
        Assert.DoesNotContain(waits.Attempt, _keeper.State.Held);
        Assert.False(File.Exists(Path.Combine(_keeper.WorkingDirectory, "started")));
    }

    [Fact]
    public async Task A_pipe_that_nobody_reads_ends_its_writer()
    {
        await _keeper.RunAsync("yes | head -1; echo ${PIPESTATUS[@]}");

        Assert.Equal("y\n141 0\n", await _keeper.OutputAsync(1));
    }

    [Fact]
    public async Task A_job_leads_a_session_of_its_own_in_its_working_directory_with_nothing_to_read()
    {
        await _keeper.RunAsync("cut -d' ' -f1,6 /proc/$$/stat; pwd; wc -c; grep SigIgn /proc/$$/status");

        string[] lines = (await _keeper.OutputAsync(1)).Split('\n');
        string[] numbers = lines[0].Split(' ');
        Assert.Equal(numbers[0], numbers[1]);
        Assert.Equal(_keeper.WorkingDirectory, lines[1]);
        Assert.Equal("0", lines[2]);
        // The last 31; the two above are glibc's own, which it sets for every program that it starts.
        Assert.EndsWith("00000000", lines[3].Replace("80000000", "00000000", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Both_streams_go_to_files_that_only_the_owner_reads()
    {
        await _keeper.RunAsync("echo out; echo err >&2");

        Assert.Equal("out\n", await _keeper.OutputAsync(1));
        Assert.Equal("err\n", await _keeper.OutputAsync(1, LogStream.Stderr));
        string log = _keeper.Spool.LogFile(new AttemptId(new JobId(1), 1), LogStream.Stdout);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(log));
    }

    [Fact]
    public async Task A_job_knows_who_it_is_and_what_it_may_use()
    {
        var job = _keeper.Job(17, "env") with
        {
            Env = new Dictionary<string, string> { ["MINE"] = "a b" },
            Granted = ResourceRequirements.Default with { Cpus = 3, Memory = MemorySize.Mebibytes(5) },
        };
        await _keeper.RunAsync(job);

        string[] lines = (await _keeper.OutputAsync(17)).Split('\n');
        Assert.Contains("MINE=a b", lines);
        Assert.Contains("TORC_WORKFLOW_ID=3", lines);
        Assert.Contains("TORC_JOB_ID=17", lines);
        Assert.Contains("TORC_JOB_NAME=job17", lines);
        Assert.Contains("TORC_ATTEMPT=17.1", lines);
        Assert.Contains("TORC_ATTEMPT_ID=1", lines);
        Assert.Contains("TORC_RUN_ID=1", lines);
        Assert.Contains("TORC_API_URL=http://server", lines);
        Assert.Contains("TORC_CPUS=3", lines);
        Assert.Contains("TORC_MEMORY_BYTES=5242880", lines);
        Assert.Contains("CUDA_VISIBLE_DEVICES=", lines);
        Assert.Contains(lines, line => line.StartsWith($"PATH={ThisProgram.Folder.TrimEnd('/')}:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_invocation_script_gets_the_command_as_its_arguments()
    {
        string script = Path.Combine(_keeper.WorkingDirectory, "wrap.sh");
        await File.WriteAllTextAsync(script, "#!/bin/sh\necho \"$#\" \"$@\"\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        await _keeper.RunAsync(_keeper.Job(1, "fit --steps 3") with { InvocationScript = script });

        Assert.Equal("3 fit --steps 3\n", await _keeper.OutputAsync(1));
    }

    [Theory]
    [InlineData("sleep 300 & echo $! > left")]
    [InlineData("setsid sleep 300 & echo $! > left; while kill -0 $!  && ! grep -q sleep /proc/$!/comm; do :; done")]
    [InlineData("(setsid sh -c 'echo $$ > left; sleep 300; :' &) ; while ! test -s left; do :; done")]
    public async Task What_a_job_leaves_behind_is_ended_with_it(string command)
    {
        var end = await _keeper.RunAsync(command);

        Assert.Equal(0, end.Outcome.ExitCode);
        await KeeperProcess.UntilGoneAsync(await _keeper.PidInFileAsync("left"));
    }

    [Fact]
    public async Task A_daemon_of_one_job_outlives_the_end_of_another()
    {
        var serves = _keeper.Job(1, "(setsid sh -c 'echo $$ > daemon; sleep 300' &); read wait < gate");
        Assert.True((await _keeper.RunAsync(_keeper.Job(9, "mkfifo gate"))).Outcome.Succeeded);
        await _keeper.GiveAsync(serves);
        int daemon = await _keeper.PidInFileAsync("daemon");

        await _keeper.RunAsync(_keeper.Job(2, "sleep 0 & wait"));

        Assert.True(ProcFolder.TryRead(daemon, out var info) && !info.IsZombie);
        await _keeper.RunAsync(_keeper.Job(3, "echo go > gate"));
        Assert.True((await _keeper.EndOfAsync(serves.Attempt)).Outcome.Succeeded);
        await KeeperProcess.UntilGoneAsync(daemon);
    }

    [Fact]
    public async Task An_attempt_is_never_started_twice()
    {
        var job = _keeper.Job(1, "echo once");
        await _keeper.GiveAsync(job, job);
        await _keeper.EndOfAsync(job.Attempt);
        await _keeper.GiveAsync(job);

        await _keeper.CrashAndRestartAsync();
        await _keeper.GiveAsync(job);
        await _keeper.RunAsync(_keeper.Job(2, "true"));

        Assert.Equal("once\n", await _keeper.OutputAsync(1));
    }

    [Fact]
    public async Task An_end_is_told_to_every_new_agent_until_it_is_forgotten()
    {
        var end = await _keeper.RunAsync("exit 4");

        await _keeper.ConnectAsync();
        Assert.Equal([end], _keeper.State.Reports);
        await _keeper.CrashAndRestartAsync();
        Assert.Equal([end], _keeper.State.Reports);
        Assert.Equal([end.Attempt], _keeper.State.Held);

        await _keeper.SendAsync(new ForgetAttempts([end.Attempt]));
        var next = await _keeper.RunAsync(_keeper.Job(2, "true"));
        await _keeper.ConnectAsync();
        Assert.Equal([next.Attempt], _keeper.State.Held);
        await _keeper.CrashAndRestartAsync();
        Assert.Equal([next.Attempt], _keeper.State.Held);
    }

    [Fact]
    public async Task Attempts_that_do_not_fit_together_wait_for_each_other()
    {
        var large = ResourceRequirements.Default with { Cpus = 3 };
        var first = _keeper.Job(1, "mkfifo gate; read wait < gate; echo first >> order") with { Granted = large };
        var second = _keeper.Job(2, "echo second >> order") with { Granted = large };
        await _keeper.GiveAsync(first, second);
        await _keeper.StartOfAsync(first.Attempt);

        await KeeperProcess.Until(() => File.Exists(Path.Combine(_keeper.WorkingDirectory, "gate")));
        await _keeper.RunAsync(_keeper.Job(3, "echo go > gate"));
        await _keeper.EndOfAsync(second.Attempt);

        Assert.Equal("first\nsecond\n", await File.ReadAllTextAsync(Path.Combine(_keeper.WorkingDirectory, "order"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_dropped_attempt_is_ended_with_all_its_processes_and_told_no_more()
    {
        var job = _keeper.Job(1, "sleep 300 & echo $! > child; wait");
        await _keeper.GiveAsync(job);
        int child = await _keeper.PidInFileAsync("child");

        await _keeper.SendAsync(new DropAttempts([job.Attempt]));
        await KeeperProcess.UntilGoneAsync(child);
        await _keeper.RunAsync(_keeper.Job(2, "true"));
        await _keeper.ConnectAsync();

        Assert.DoesNotContain(job.Attempt, _keeper.State.Held);
    }

    [Fact]
    public async Task What_outlived_a_dead_keeper_is_ended_and_reported_lost()
    {
        var job = _keeper.Job(1, "(setsid sleep 300 & echo $! > escaped); env -i sleep 300 & echo $! > nameless; wait");
        await _keeper.GiveAsync(job);
        int escaped = await _keeper.PidInFileAsync("escaped");
        int nameless = await _keeper.PidInFileAsync("nameless");
        await _keeper.StartOfAsync(job.Attempt);

        await _keeper.CrashAndRestartAsync();

        var lost = Assert.IsType<AttemptEnded>(Assert.Single(_keeper.State.Reports));
        Assert.Equal((job.Attempt, OutcomeKind.NodeLost), (lost.Attempt, lost.Outcome.Kind));
        Assert.NotNull(lost.StartedAt);
        await KeeperProcess.UntilGoneAsync(escaped);
        await KeeperProcess.UntilGoneAsync(nameless);
    }

    [Fact]
    public async Task What_a_dead_keeper_had_not_started_is_not_lost_with_it()
    {
        var runs = _keeper.Job(1, "sleep 300") with { Granted = new ResourceRequirements(4, new MemorySize(0), 0, 1, TimeSpan.FromHours(1)) };
        var waits = _keeper.Job(2, "touch started");
        await _keeper.GiveAsync(runs, waits);
        await _keeper.StartOfAsync(runs.Attempt);
        Assert.Contains($"\"attempt\":\"{waits.Attempt}\"", await File.ReadAllTextAsync(_keeper.Spool.Journal, TestContext.Current.CancellationToken), StringComparison.Ordinal);

        await _keeper.CrashAndRestartAsync();

        Assert.Equal([runs.Attempt], _keeper.State.Held);
        Assert.False(File.Exists(Path.Combine(_keeper.WorkingDirectory, "started")));
    }

    [Fact]
    public async Task A_job_of_another_agent_on_this_machine_is_left_alone()
    {
        await using var neighbour = await KeeperProcess.StartAsync();
        await neighbour.GiveAsync(neighbour.Job(1, "echo $$ > me; sleep 300"));
        int other = await neighbour.PidInFileAsync("me");
        await _keeper.GiveAsync(_keeper.Job(1, "sleep 300"));
        await _keeper.StartOfAsync(new AttemptId(new JobId(1), 1));

        await _keeper.CrashAndRestartAsync();

        Assert.True(ProcFolder.TryRead(other, out var info) && !info.IsZombie);
    }

    [Fact]
    public async Task Memory_and_time_of_the_whole_tree_are_seen()
    {
        // Two processes of 100 MiB each, and a third that computes until both were measured.
        const string Hold = "perl -e '$n = 100 << 20; $x = \"x\" x $n; select(undef, undef, undef, 0.01) until -e \"stop\"'";
        var job = _keeper.Job(1, $"{Hold} & {Hold} & perl -e '$i++ until -e \"stop\"' & wait") with { SampleEvery = TimeSpan.FromSeconds(1) };
        await _keeper.GiveAsync(job);

        AttemptSample sample;
        do
        {
            sample = await _keeper.NextSampleAsync();
        }
        while (sample.Point.Levels.Memory < MemorySize.Mebibytes(200) || sample.Point.Levels.CpuPercent < 1);

        await File.WriteAllTextAsync(Path.Combine(_keeper.WorkingDirectory, "stop"), "", TestContext.Current.CancellationToken);
        var end = await _keeper.EndOfAsync(job.Attempt);
        Assert.InRange(end.Usage.PeakMemory.Bytes, 200L << 20, 260L << 20);
        Assert.True(end.Usage.CpuTime > TimeSpan.FromMilliseconds(50));
        Assert.InRange(sample.Point.Levels.Processes, 3, 4);
        Assert.InRange(end.Usage.Summary!.PeakProcesses, 3, 4);
        Assert.InRange(end.Usage.Summary.MeanMemory.Bytes, 1, end.Usage.PeakMemory.Bytes);
        Assert.InRange(end.Usage.Summary.BusyCpuPercent, 1, end.Usage.Summary.PeakCpuPercent);
    }

    [Fact]
    public async Task The_memory_of_the_keeper_is_not_taken_for_that_of_a_short_job()
    {
        var end = await _keeper.RunAsync("true");

        Assert.True(end.Usage.PeakMemory < MemorySize.Mebibytes(10), $"{end.Usage.PeakMemory}");
    }

    [Fact]
    public async Task The_keeper_and_its_job_outlive_an_agent_that_is_killed()
    {
        var job = _keeper.Job(1, "echo $$ > me; mkfifo gate; read wait < gate; exit 5");
        await _keeper.GiveAsync(job);
        int pid = await _keeper.PidInFileAsync("me");
        await _keeper.StartOfAsync(job.Attempt);

        await _keeper.ConnectAsync();

        Assert.True(ProcFolder.TryRead(pid, out _));
        Assert.Equal([job.Attempt], _keeper.State.Held);
        Assert.Equal(job.Attempt, Assert.IsType<AttemptStarted>(Assert.Single(_keeper.State.Reports)).Attempt);
        await KeeperProcess.Until(() => File.Exists(Path.Combine(_keeper.WorkingDirectory, "gate")));
        await _keeper.RunAsync(_keeper.Job(2, "echo go > gate"));
        Assert.Equal(5, (await _keeper.EndOfAsync(job.Attempt)).Outcome.ExitCode);
    }

    [Fact]
    public async Task Nothing_that_an_earlier_agent_still_had_on_its_way_is_done()
    {
        // The newer connection was told what is held. An older one that starts something afterwards would make that a lie.
        using var late = await KeeperSocket.ConnectAsync(_keeper.Spool, TestContext.Current.CancellationToken);
        await using var older = new Torc.Agent.Link.KeeperLink(late);
        await using var news = older.ReadAllAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await news.MoveNextAsync());
        await _keeper.ConnectAsync();

        try
        {
            await older.SendAsync(new RunAttempts([_keeper.Job(1, "true")], MachineClock.Instance.GetTimestamp()), TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            // The keeper has hung up already.
        }

        await _keeper.RunAsync(_keeper.Job(2, "true"));
        await _keeper.ConnectAsync();
        Assert.Equal([new AttemptId(new JobId(2), 1)], _keeper.State.Held);
    }

    [Fact]
    public async Task Each_job_has_gpus_of_its_own_also_after_the_agent_was_started_again()
    {
        await using var keeper = await KeeperProcess.StartAsync(gpus: ["GPU-a", "GPU-b", "GPU-c"]);
        var first = keeper.Job(1, "echo $CUDA_VISIBLE_DEVICES > first; mkfifo gate; read wait < gate") with { Granted = ResourceRequirements.Default with { Gpus = 2 } };
        await keeper.GiveAsync(first);
        await KeeperProcess.Until(() => File.Exists(Path.Combine(keeper.WorkingDirectory, "gate")));
        await keeper.ConnectAsync();

        var second = keeper.Job(2, "echo $CUDA_VISIBLE_DEVICES") with { Granted = ResourceRequirements.Default with { Gpus = 1 } };
        await keeper.RunAsync(second);
        await keeper.RunAsync(keeper.Job(3, "echo \"<$CUDA_VISIBLE_DEVICES>\"; echo go > gate"));
        await keeper.EndOfAsync(first.Attempt);
        await keeper.RunAsync(keeper.Job(4, "echo $CUDA_VISIBLE_DEVICES") with { Granted = ResourceRequirements.Default with { Gpus = 3 } });

        Assert.Equal("GPU-a,GPU-b\n", await keeper.ReadAsync("first"));
        Assert.Equal("GPU-c\n", await keeper.OutputAsync(2));
        Assert.Equal("<>\n", await keeper.OutputAsync(3));
        Assert.Equal("GPU-a,GPU-b,GPU-c\n", await keeper.OutputAsync(4));
    }

    [Fact]
    public async Task A_job_uses_what_its_own_gpus_do()
    {
        await using var keeper = await KeeperProcess.StartAsync(gpus: ["GPU-a", "GPU-b"]);
        var job = keeper.Job(1, "mkfifo gate; read wait < gate") with { Granted = ResourceRequirements.Default with { Gpus = 1 }, SampleEvery = TimeSpan.FromSeconds(1) };
        await keeper.GiveAsync(job);
        await KeeperProcess.Until(() => File.Exists(Path.Combine(keeper.WorkingDirectory, "gate")));
        await keeper.SendAsync(new GpuRead(new GpuReading(0, "GPU-a", 37, MemorySize.Gibibytes(1))));
        await keeper.SendAsync(new GpuRead(new GpuReading(1, "GPU-b", 90, MemorySize.Gibibytes(2))));

        var levels = (await keeper.NextSampleAsync()).Point.Levels;
        levels = levels.GpuPercent is null ? (await keeper.NextSampleAsync()).Point.Levels : levels;
        await File.WriteAllTextAsync(Path.Combine(keeper.WorkingDirectory, "gate"), "go\n", TestContext.Current.CancellationToken);
        var end = await keeper.EndOfAsync(job.Attempt);

        Assert.Equal((37, MemorySize.Gibibytes(1)), (levels.GpuPercent, levels.GpuMemory));
        Assert.Equal((37, 37, MemorySize.Gibibytes(1)), (end.Usage.Summary?.PeakGpuPercent, end.Usage.Summary?.MeanGpuPercent, end.Usage.Summary?.PeakGpuMemory));
        await keeper.RunAsync(keeper.Job(2, "true"));
        Assert.Equal([true, false], keeper.GpuNews);
    }

    [Fact]
    public async Task A_second_keeper_leaves_the_spool_to_the_first()
    {
        var second = DetachedProcess.Start(ThisProgram.CommandLine("keeper", "--spool", _keeper.Spool.Folder), null, "/", _keeper.Spool.KeeperLog);

        int exitCode = -1;
        await KeeperProcess.Until(() => second.TryReap(out exitCode));

        Assert.Equal(0, exitCode);
        Assert.Equal(_keeper.Pid.ToString(CultureInfo.InvariantCulture), await File.ReadAllTextAsync(_keeper.Spool.KeeperPid, TestContext.Current.CancellationToken));
        Assert.True((await _keeper.RunAsync("true")).Outcome.Succeeded);
    }
}
