using Torc.Shared.Jobs;
using Torc.Shared.Quantities;
using Torc.Tests.Agent.Support;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.Agent.Running;

/// <summary>A job that makes processes faster than most can count, alone on the machine, since it takes all of it.</summary>
[Collection(AloneCollection.Name)]
public sealed class ForkBombTests
{
    private const int Grown = 200;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_fork_bomb_is_put_out(bool isLimited)
    {
        // Counted, not endless: each makes two and stays, and what ends is made again by those that are left. 250 at once are many enough.
        const string bomb = """
            perl -MPOSIX -e 'sub grow { my $depth = shift; return if $depth == 0; for (1 .. 2) { my $pid = fork; next unless defined $pid;
            if ($pid == 0) { setsid if rand() < 0.3; $SIG{TERM} = "IGNORE"; grow($depth - 1); open my $f, ">>", "alive"; print $f "x"; close $f;
            for (1 .. 600) { select(undef, undef, undef, 0.5); my $child = fork; POSIX::_exit(0) if defined $child && $child == 0; waitpid $child, 0 } POSIX::_exit(0) } } }
            $SIG{TERM} = "IGNORE"; grow(7); sleep 300'
            """;
        await using var keeper = await KeeperProcess.StartAsync();
        var job = keeper.Job(1, bomb) with { Grace = TimeSpan.FromMilliseconds(300) };
        job = isLimited ? job with { Granted = job.Granted with { Memory = MemorySize.Mebibytes(400) } } : job;
        try
        {
            await keeper.GiveAsync(job);
            string alive = Path.Combine(keeper.WorkingDirectory, "alive");
            await KeeperProcess.Until(() => File.Exists(alive) && new FileInfo(alive).Length >= Grown);

            Assert.Equal(new Outcome(OutcomeKind.Terminated, 137, "stopped by ann"), (await keeper.StopAsync(job.Attempt)).Outcome);
            Assert.Empty(await keeper.MarkedProcessesAsync());
        }
        finally
        {
            await keeper.KillMarkedProcessesAsync();
        }
    }
}
