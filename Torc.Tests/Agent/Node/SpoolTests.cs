using Torc.Agent.Node;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Tests.Agent.Support;
using Xunit;

namespace Torc.Tests.Agent.Node;

public sealed class SpoolTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Only_the_owner_may_look_inside_even_if_the_folder_was_open_before()
    {
        string open = Directory.CreateDirectory(_folder.At("open"), OwnerOnly | UnixFileMode.OtherRead | UnixFileMode.OtherExecute).FullName;

        var spool = Spool.Open(open);
        spool.MakeLogFolder(new AttemptId(new JobId(1), 1));

        Assert.Equal(OwnerOnly, File.GetUnixFileMode(open));
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(spool.LogFolder(new AttemptId(new JobId(1), 1))));
    }

    [Fact]
    public void Folders_above_that_had_to_be_made_are_the_owners_too()
    {
        Spool.Open(_folder.At("data/agents/node"));

        Assert.Equal(OwnerOnly, File.GetUnixFileMode(_folder.At("data")));
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(_folder.At("data/agents")));
    }

    [Fact]
    public async Task The_id_stays_and_the_epoch_grows()
    {
        var first = Spool.Open(_folder.At("spool"));
        string id = await first.AgentIdAsync(Cancel);
        int epoch = await first.NextEpochAsync(Cancel);

        var second = Spool.Open(_folder.At("spool"));

        Assert.Matches("^[0-9a-f]{32}$", id);
        Assert.Equal(id, await second.AgentIdAsync(Cancel));
        Assert.Equal(epoch + 1, await second.NextEpochAsync(Cancel));
    }

    [Fact]
    public async Task A_lock_is_one_owners_until_it_is_given_up()
    {
        var spool = Spool.Open(_folder.At("spool"));

        await using (var mine = Spool.TryLock(spool.AgentLock))
        {
            Assert.NotNull(mine);
            Assert.Null(Spool.TryLock(spool.AgentLock));
        }

        await using var again = Spool.TryLock(spool.AgentLock);
        Assert.NotNull(again);
    }

    [Fact]
    public void Logs_of_many_jobs_are_spread_over_folders()
    {
        var spool = Spool.Open(_folder.At("spool"));

        Assert.EndsWith("/logs/12/12345.2.err", spool.LogFile(new AttemptId(new JobId(12345), 2), LogStream.Stderr), StringComparison.Ordinal);
    }
}
