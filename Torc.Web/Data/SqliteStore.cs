using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Torc.Web.Security;

namespace Torc.Web.Data;

/// <summary>Opens the embedded store, and brings it up to date at start.</summary>
internal sealed class SqliteStore
{
    // Below this, a database in WAL mode could be damaged when a checkpoint met a reset of the log; mended in 3.51.3.
    private static readonly Version OldestSafeSqlite = new(3, 51, 3);

    private readonly DbContextOptions<SqliteTorcDbContext> _options;
    private readonly string _path;

    /// <param name="path">The database's file; it is created if it is not there.</param>
    public SqliteStore(string path)
    {
        _path = path;
        var connection = new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 5 };
        _options = new DbContextOptionsBuilder<SqliteTorcDbContext>()
            .UseSqlite(connection.ConnectionString)
            .AddInterceptors(new SqlitePragmas())
            .Options;
    }

    public TorcDbContext Open() => new SqliteTorcDbContext(_options);

    /// <exception cref="InvalidOperationException">The SQLite library is too old to be trusted.</exception>
    /// <exception cref="StartRefusedException">It is not a database of Torc, or of a newer one.</exception>
    public async Task PrepareAsync(CancellationToken cancel)
    {
        await using var db = Open();
        string[] known = [.. db.Database.GetMigrations()];
        var applied = await SchemaHistory.ReadAsync(_path, cancel);
        SchemaHistory.RefuseNewer(_path, known, applied);
        if (!File.Exists(_path))
        {
            // SQLite gives its log and index the mode of the database: nobody else reads any of them.
            await using var created = new FileStream(
                _path,
                new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
        }

        await db.Database.OpenConnectionAsync(cancel);
        var version = Version.Parse(((SqliteConnection)db.Database.GetDbConnection()).ServerVersion);
        if (version < OldestSafeSqlite)
        {
            throw new InvalidOperationException($"SQLite {version} can damage a database; Torc needs {OldestSafeSqlite} or newer");
        }

        if (!known.SequenceEqual(applied))
        {
            // Whoever migrates holds this lock in a table, and waits for ever for one that was killed. Nobody else has the database.
            await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS __EFMigrationsLock", cancel);
            await db.Database.MigrateAsync(cancel);
        }
    }
}
