using Microsoft.Data.Sqlite;
using Torc.Tests.Engine;
using Torc.Tests.Support;
using Torc.Web.Data;
using Torc.Web.Security;
using Xunit;

namespace Torc.Tests.Data;

/// <summary>Another program takes the right to write, and keeps it.</summary>
public sealed class LockedDatabaseTests : IAsyncLifetime
{
    private EngineHost _host = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Changes_are_refused_in_plain_words_reads_go_on_and_it_heals_by_itself()
    {
        var workflow = await _host.CreateAsync(Sketch.Draw(Sketch.Diamond));
        var agent = _host.Agent(cpus: 1);
        await agent.HelloAsync();
        await agent.ReportAsync();

        await using (await HoldAsync())
        {
            var changes = new[] { CreateAsync(), CreateAsync(), agent.ReportAsync(agent.Ended()) };
            var refusals = await Task.WhenAll(changes.Select(change => Assert.ThrowsAsync<StoreUnavailableException>(() => change))).WaitAsync(Waiting.Patience, Cancel);

            Assert.All(refusals, refused => Assert.Equal(StoreTrouble.Locked, refused.Trouble));
            Assert.All(refusals, refused => Assert.DoesNotContain("database is locked", refused.Message, StringComparison.Ordinal));
            Assert.Equal("preprocess Pending, work1 Blocked, work2 Blocked, postprocess Blocked", await _host.StatusesAsync(workflow));
        }

        await agent.HelloAsync();
        Assert.Equal(["work1"], await agent.ReportAsync(agent.Ended()));
        Assert.Single(await _host.Queries.ListAsync(Cancel));
    }

    [Fact]
    public async Task A_transaction_has_the_right_to_write_from_its_beginning_so_that_none_fails_in_its_middle()
    {
        await using var db = new SqliteStore(_host.Database).Open();
        await using var transaction = await db.Database.BeginTransactionAsync(Cancel);

        var refused = await Assert.ThrowsAsync<SqliteException>(HoldAsync);

        Assert.Equal(SqliteCodes.Busy, refused.SqliteErrorCode);
    }

    [Fact]
    public async Task A_server_that_would_have_to_migrate_it_does_not_start()
    {
        await _host.ExecuteAsync("DELETE FROM __EFMigrationsHistory WHERE MigrationId LIKE '%Faults'");
        await using var hold = await HoldAsync();

        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => new SqliteStore(_host.Database).PrepareAsync(Cancel));

        Assert.Contains("is held by another program", refused.Message, StringComparison.Ordinal);
    }

    public async ValueTask InitializeAsync() => _host = await EngineHost.StartAsync();

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    private async Task<IReadOnlyList<string>?> CreateAsync()
    {
        var created = await _host.CreateAsync(Sketch.Draw(Sketch.Diamond));
        return [created.ToString()];
    }

    private async Task<SqliteConnection> HoldAsync()
    {
        var other = new SqliteConnection($"Data Source={_host.Database};Pooling=False;Default Timeout=1");
        await other.OpenAsync(Cancel);
        await using var command = other.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        await command.ExecuteNonQueryAsync(Cancel);
        return other;
    }
}
