using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Placement;
using Torc.Shared.Quantities;
using Torc.Tests.Agent.Support;
using Xunit;

namespace Torc.Tests.Agent.Running;

/// <summary>Jobs that take more memory than they were granted: by the guard of this machine, and by measuring alone.</summary>
public sealed class KeeperMemoryTests
{
    private static readonly MemorySize Limit = MemorySize.Mebibytes(200);

    // Takes memory as fast as the machine gives it, up to 2 GiB, and then stays.
    private const string Grow = "perl -e 'for (1 .. 512) { $x .= \"x\" x (4 << 20) } sleep 300'";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_that_goes_over_its_memory_is_ended_and_says_how_much_it_was(bool mayMakeGroups)
    {
        await using var keeper = await KeeperProcess.StartAsync(mayMakeGroups: mayMakeGroups);

        var end = await keeper.RunAsync(Job(keeper, Grow));

        Assert.Equal((OutcomeKind.OutOfMemory, 137), (end.Outcome.Kind, end.Outcome.ExitCode));
        Assert.Matches(@"^used [\d.]+ [MG]iB of 200 MiB$", end.Outcome.Detail);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Memory_of_a_child_counts_and_nothing_of_the_job_goes_on_without_it(bool mayMakeGroups)
    {
        await using var keeper = await KeeperProcess.StartAsync(mayMakeGroups: mayMakeGroups);
        var job = Job(keeper, $"sleep 300 & echo $! > other; {Grow} & wait $!; echo $? > seen; sleep 300");

        var end = await keeper.RunAsync(job);

        Assert.Equal(OutcomeKind.OutOfMemory, end.Outcome.Kind);
        await KeeperProcess.UntilGoneAsync(await keeper.PidInFileAsync("other"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_within_its_memory_is_left_alone(bool mayMakeGroups)
    {
        await using var keeper = await KeeperProcess.StartAsync(mayMakeGroups: mayMakeGroups);

        var end = await keeper.RunAsync(Job(keeper, "perl -e '$x = \"x\" x (60 << 20)' && perl -e '$x = \"x\" x (60 << 20)'"));

        Assert.Equal(new Outcome(OutcomeKind.Exit, 0), end.Outcome);
    }

    [Fact]
    public async Task Memory_that_processes_share_counts_once()
    {
        await using var keeper = await KeeperProcess.StartAsync(mayMakeGroups: false);
        // Eight processes share 120 MiB: more than 1 GiB for one who counts badly. They stay until they were measured twice.
        var job = Job(keeper, "perl -e '$x = \"x\" x (60 << 20); for (1 .. 7) { fork or last } until (-e \"stop\") { select(undef, undef, undef, 0.01) } 1 while wait > 0'");
        await keeper.GiveAsync(job with { SampleEvery = TimeSpan.FromMilliseconds(1) });
        while ((await keeper.NextSampleAsync()).Point.Levels.Memory < MemorySize.Mebibytes(50))
        {
            // It has just begun.
        }

        await keeper.NextSampleAsync();
        await File.WriteAllTextAsync(Path.Combine(keeper.WorkingDirectory, "stop"), "", TestContext.Current.CancellationToken);

        Assert.Equal(new Outcome(OutcomeKind.Exit, 0), (await keeper.EndOfAsync(job.Attempt)).Outcome);
    }

    [Fact]
    public async Task A_job_that_enters_a_group_runs_as_it_would_without()
    {
        await using var keeper = await KeeperProcess.StartAsync();
        var job = Job(keeper, "cut -d' ' -f1,6 /proc/$$/stat; pwd; wc -c; echo err >&2; grep SigIgn /proc/$$/status");

        var end = await keeper.RunAsync(job);

        string[] lines = (await keeper.OutputAsync(1)).Split('\n');
        string[] numbers = lines[0].Split(' ');
        Assert.Equal(new Outcome(OutcomeKind.Exit, 0), end.Outcome);
        Assert.Equal(numbers[0], numbers[1]);
        Assert.Equal(keeper.WorkingDirectory, lines[1]);
        Assert.Equal("0", lines[2]);
        Assert.EndsWith("00000000", lines[3].Replace("80000000", "00000000", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal("err\n", await keeper.OutputAsync(1, LogStream.Stderr));
    }

    [Fact]
    public async Task No_group_is_left_of_jobs_that_have_ended_nor_of_a_keeper_that_was_killed()
    {
        await using var keeper = await KeeperProcess.StartAsync();
        Assert.SkipWhen(keeper.State.MemoryGuard == MemoryGuard.Sampling, "this user may make no groups here");
        var serves = Job(keeper, "env -i setsid sleep 300 & echo $! > nameless; wait");
        await keeper.GiveAsync(serves);
        int nameless = await keeper.PidInFileAsync("nameless");
        Assert.NotEmpty(await keeper.GroupsAsync());

        await keeper.CrashAndRestartAsync();

        await KeeperProcess.UntilGoneAsync(nameless);
        Assert.Empty(await keeper.GroupsAsync());
        await keeper.RunAsync(Job(keeper, "sleep 300 & exit 0") with { Attempt = new AttemptId(new JobId(2), 1) });
        Assert.Empty(await keeper.GroupsAsync());
    }

    private static Assignment Job(KeeperProcess keeper, string command) =>
        keeper.Job(1, command) with { Granted = ResourceRequirements.Default with { Memory = Limit } };
}
