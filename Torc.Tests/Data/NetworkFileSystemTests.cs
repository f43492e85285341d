using System.Globalization;
using Microsoft.Data.Sqlite;
using Torc.Tests.Engine;
using Torc.Tests.Support;
using Torc.Web.Data;
using Torc.Web.Security;
using Xunit;

namespace Torc.Tests.Data;

public sealed class NetworkFileSystemTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0x6969L, "NFS")]
    [InlineData(0xFF534D42L, "SMB")]
    [InlineData(0xFE534D42L, "SMB")]
    [InlineData(0x0BD00BD0L, "Lustre")]
    [InlineData(0x47504653L, "GPFS")]
    [InlineData(0xEF53L, null)]
    [InlineData(0x58465342L, null)]
    [InlineData(0x9123683EL, null)]
    [InlineData(0x01021994L, null)]
    [InlineData(0x794C7630L, null)]
    [InlineData(null, null)]
    public void It_is_known_by_the_number_that_the_kernel_gives(long? type, string? name) => Assert.Equal(name, NetworkFileSystem.Name(type));

    [Fact]
    public void The_kernel_says_the_same_as_stat()
    {
        Assert.Equal(0x9FA0, FileFacts.FileSystemType("/proc"));
        Assert.Null(FileFacts.FileSystemType("/proc/nothing"));
        Assert.Equal(1, FileFacts.LinkCount("/proc/self/stat"));
        Assert.Null(FileFacts.LinkCount("/proc/nothing"));
    }

    [Theory]
    [InlineData(null, "wal")]
    [InlineData("NFS", "delete")]
    public async Task There_the_database_does_without_the_log_that_machines_cannot_share(string? networkFileSystem, string mode)
    {
        await using var host = await EngineHost.StartAsync(networkFileSystem: networkFileSystem);
        await host.CreateAsync(Sketch.Draw(Sketch.Diamond));
        var agent = host.Agent(cpus: 2);
        await agent.HelloAsync();
        await agent.ReportAsync();

        Assert.Equal(["work1", "work2"], await agent.ReportAsync(agent.Ended()));
        Assert.Equal(mode, await JournalModeAsync(host.Database));
    }

    [Fact]
    public async Task A_database_that_was_moved_there_changes_over()
    {
        var folder = Directory.CreateTempSubdirectory("torc-network-");
        string database = Path.Combine(folder.FullName, "torc.db");
        await new SqliteStore(database, networkFileSystem: null).PrepareAsync(Cancel);
        SqliteConnection.ClearAllPools();

        await new SqliteStore(database, "Lustre").PrepareAsync(Cancel);

        SqliteConnection.ClearAllPools();
        Assert.Equal("delete", await JournalModeAsync(database));
        folder.Delete(recursive: true);
    }

    // What is kept in the file says only whether it is WAL; which other mode it is, each connection says for itself.
    private static async Task<string> JournalModeAsync(string database)
    {
        await using var db = new SqliteConnection($"Data Source={database}");
        await db.OpenAsync(Cancel);
        await using var command = db.CreateCommand();
        command.CommandText = "PRAGMA journal_mode";
        return Convert.ToString(await command.ExecuteScalarAsync(Cancel), CultureInfo.InvariantCulture)!;
    }
}
