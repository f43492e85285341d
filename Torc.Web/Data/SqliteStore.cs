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

    /// <param name="path">The database's file; it is created if it is not there.</param>
    public SqliteStore(string path)
        : this(path, Data.NetworkFileSystem.Under(path))
    {
    }

    /// <param name="networkFileSystem">The name of the network file system on which the file lies; null if it is on this machine.</param>
    public SqliteStore(string path, string? networkFileSystem)
    {
        Path = path;
        NetworkFileSystem = networkFileSystem;
        // When another program holds the database, a change waits for it behind a group of others that waits as long.
        var connection = new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 2 };
        _options = new DbContextOptionsBuilder<SqliteTorcDbContext>()
            .UseSqlite(connection.ConnectionString)
            .AddInterceptors(new SqlitePragmas(networkFileSystem is not null))
            .Options;
    }

    public string Path { get; }

    public string? NetworkFileSystem { get; }

    public TorcDbContext Open() => new SqliteTorcDbContext(_options);

    /// <summary>Brings it up to date, or creates it.</summary>
    /// <exception cref="InvalidOperationException">The SQLite library is too old to be trusted.</exception>
    /// <exception cref="StartRefusedException">It is not a database of Torc, or of a newer one, or something keeps it from working.</exception>
    public async Task PrepareAsync(CancellationToken cancel)
    {
        try
        {
            await TryPrepareAsync(cancel);
        }
        catch (SqliteException held) when (held.SqliteErrorCode is SqliteCodes.Busy or SqliteCodes.Locked)
        {
            throw new StartRefusedException($"The database {Path} is held by another program. Nothing was changed; start again when that program has let go.", held)
            {
                ExitCode = StartRefusedException.DatabaseRefused,
            };
        }
        catch (SqliteException failure) when (failure.SqliteErrorCode is SqliteCodes.Full or SqliteCodes.InputOutput or SqliteCodes.CannotOpen)
        {
            throw new StartRefusedException($"The database {Path} cannot be used: {failure.Message}. Is its disk full, or is the file somebody else's?", failure)
            {
                ExitCode = StartRefusedException.DatabaseRefused,
            };
        }
    }

    private async Task TryPrepareAsync(CancellationToken cancel)
    {
        await using var db = Open();
        string[] known = [.. db.Database.GetMigrations()];
        var applied = await SchemaHistory.ReadAsync(Path, cancel);
        SchemaHistory.RefuseNewer(Path, known, applied);
        if (!File.Exists(Path))
        {
            // SQLite gives its log and index the mode of the database: nobody else reads any of them.
            await using var created = new FileStream(
                Path,
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
