using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Torc.Shared.Jobs;
using Torc.Web.Data;
using Torc.Web.Data.Doctor;
using Torc.Web.Engine;
using Torc.Web.Events;
using Torc.Web.Security;
using Xunit;

namespace Torc.Tests.Data;

/// <summary>Databases of every age, and what becomes of them when the server starts.</summary>
public sealed class MigrationTests : IDisposable
{
    // A workflow in the middle, in the columns that every schema has: one job completed, one running, one blocked.
    private const string OldRows = """
        INSERT INTO workflows (id, name, status, run, working_directory, created_at, started_at, version) VALUES (1, 'old', 1, 1, '/scratch', 1, 1, 5);
        INSERT INTO specs (workflow_id, number, file_name, text) VALUES (1, 1, 'old.json', '{}');
        INSERT INTO requirements (workflow_id, position, cpus, memory_bytes, gpus, nodes, runtime) VALUES (1, 0, 1, 1, 0, 1, 60000);
        INSERT INTO nodes (id, agent_id, name, agent_version, cpus, memory_bytes, gpus, epoch, connection, last_heard_at) VALUES (1, 'a', 'n1', '0.1', 1, 1, 0, 1, 1, 1);
        INSERT INTO jobs (id, workflow_id, position, name, command, requirements, priority, cancel_on_blocking_job_failure, status, attempt, node_id, version) VALUES
            (1, 1, 0, 'a', 'true', 0, 0, 1, 5, 1, NULL, 4), (2, 1, 1, 'b', 'true', 0, 0, 1, 4, 1, 1, 5), (3, 1, 2, 'c', 'true', 0, 0, 1, 1, 0, NULL, 1);
        INSERT INTO dependencies (workflow_id, job, blocker) VALUES (1, 1, 0), (1, 2, 1);
        INSERT INTO attempts (job_id, number, workflow_id, run, node_id, assigned_at, started_at, ended_at, outcome, exit_code) VALUES
            (1, 1, 1, 1, 1, 2, 2, 3, 0, 0), (2, 1, 1, 1, 1, 4, 4, NULL, NULL, NULL);
        INSERT INTO events (workflow_id, number, at, type, data) VALUES (1, 1, 5, 'first', 'null'), (1, 2, 5, 'second', '{"a":1}'), (1, 3, 4, 'third', 'null');
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("torc-migrations-");

    public static TheoryData<string> ReleasedSchemas
    {
        get
        {
            using var db = new SqliteStore(":memory:").Open();
            return [.. db.Database.GetMigrations()];
        }
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Database => Path.Combine(_folder.FullName, "torc.db");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void The_migrations_make_what_the_model_needs()
    {
        using var db = new SqliteStore(Database).Open();

        Assert.False(db.Database.HasPendingModelChanges());
    }

    [Theory]
    [MemberData(nameof(ReleasedSchemas))]
    public async Task Every_released_schema_is_brought_up_to_date_with_all_that_it_holds(string schema)
    {
        await MakeAsync(schema);

        var store = new SqliteStore(Database);
        await store.PrepareAsync(Cancel);

        await AssertIsUpToDateAsync(Database);
        var state = await new WorkflowStore(store.Open).LoadAsync(Cancel);
        var workflow = Assert.Single(state.Workflows).State;
        Assert.Equal(
            [JobStatus.Completed, JobStatus.Running, JobStatus.Blocked],
            Enumerable.Range(0, workflow.JobCount).Select(position => workflow.Job(position).Status));
        var events = await new EventQueries(store.Open).PageAsync(workflow: null, new EventFilter(), from: 0, limit: 10, newestFirst: false, Cancel);
        Assert.Equal(["1 1 first", "2 2 second", "3 3 third"], events.Events.Select(one => $"{one.Id} {one.Number} {one.Type}"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("20261123053228_Initial")]
    public async Task Killed_at_any_moment_of_a_migration_it_is_usable_all_the_same(string? schema)
    {
        if (schema is not null)
        {
            await MakeAsync(schema);
        }

        var moments = new Moments(Database, _folder);
        await using (var db = new SqliteTorcDbContext(new DbContextOptionsBuilder<SqliteTorcDbContext>()
            .UseSqlite($"Data Source={Database};Pooling=False").AddInterceptors(new SqlitePragmas(isShared: false), moments).Options))
        {
            await db.Database.MigrateAsync(Cancel);
        }

        Assert.InRange(moments.Copies.Count, 5, 200);
        foreach (string copy in moments.Copies)
        {
            await new SqliteStore(copy).PrepareAsync(Cancel).WaitAsync(Support.Waiting.Patience, Cancel);
            await AssertIsUpToDateAsync(copy);
        }
    }

    [Fact]
    public async Task A_newer_database_is_refused_by_a_message_that_names_both_and_stays_as_it_is()
    {
        await new SqliteStore(Database).PrepareAsync(Cancel);
        await SampleDatabase.ExecuteAsync(Database, "INSERT INTO __EFMigrationsHistory VALUES ('20990101000000_Later', '99.0')");
        SqliteConnection.ClearAllPools();
        byte[] before = await File.ReadAllBytesAsync(Database, Cancel);

        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => new SqliteStore(Database).PrepareAsync(Cancel));

        Assert.Contains("newer Torc: its schema is 20990101000000_Later, and Torc 0.1.0 knows schemas up to 2", refused.Message, StringComparison.Ordinal);
        Assert.Equal(10, refused.ExitCode);
        Assert.Equal(before, await File.ReadAllBytesAsync(Database, Cancel));
    }

    [Theory]
    [InlineData("this is a letter, long enough to be more than the head of a database could be: dear Ann, dear Bob, dear all of you, how are you")]
    [InlineData("x")]
    public async Task A_file_that_is_no_database_is_refused_and_stays_as_it_is(string text)
    {
        await File.WriteAllTextAsync(Database, text, Cancel);

        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => new SqliteStore(Database).PrepareAsync(Cancel));

        Assert.Contains($"{Database} is not a database.", refused.Message, StringComparison.Ordinal);
        Assert.Equal(text, await File.ReadAllTextAsync(Database, Cancel));
    }

    [Fact]
    public async Task A_database_of_another_program_is_refused()
    {
        await SampleDatabase.ExecuteAsync(Database, "CREATE TABLE bookmarks (id INTEGER)");

        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => new SqliteStore(Database).PrepareAsync(Cancel));

        Assert.Contains("of another program", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_with_nothing_in_it_becomes_a_database()
    {
        await File.WriteAllTextAsync(Database, "", Cancel);

        await new SqliteStore(Database).PrepareAsync(Cancel);

        await AssertIsUpToDateAsync(Database);
    }

    private static async Task AssertIsUpToDateAsync(string database)
    {
        await using var db = new SqliteStore(database).Open();
        Assert.Empty(await db.Database.GetPendingMigrationsAsync(Cancel));
        var examination = await DatabaseDoctor.ExamineAsync(database, Cancel);
        Assert.True(examination.IsSound, string.Join('\n', examination.Violations));
    }

    private async Task MakeAsync(string schema)
    {
        await using (var db = new SqliteStore(Database).Open())
        {
            await db.GetService<IMigrator>().MigrateAsync(schema, Cancel);
        }

        await SampleDatabase.ExecuteAsync(Database, OldRows);
        SqliteConnection.ClearAllPools();
    }

    /// <summary>Copies the database and its log after each statement: what a kill at that moment leaves behind.</summary>
    private sealed class Moments(string database, DirectoryInfo folder) : DbCommandInterceptor
    {
        public List<string> Copies { get; } = [];

        public override ValueTask<int> NonQueryExecutedAsync(DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
        {
            Copy();
            return ValueTask.FromResult(result);
        }

        public override ValueTask<object?> ScalarExecutedAsync(DbCommand command, CommandExecutedEventData eventData, object? result, CancellationToken cancellationToken = default)
        {
            Copy();
            return ValueTask.FromResult(result);
        }

        private void Copy()
        {
            string copy = Path.Combine(folder.FullName, string.Create(CultureInfo.InvariantCulture, $"moment-{Copies.Count}.db"));
            foreach (string part in (string[])["", "-wal"])
            {
                if (File.Exists(database + part))
                {
                    File.Copy(database + part, copy + part);
                }
            }

            Copies.Add(copy);
        }
    }
}
