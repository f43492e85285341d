using Microsoft.Data.Sqlite;
using Torc.Web.Security;
using static Torc.Web.Data.SqliteCodes;

namespace Torc.Web.Data;

/// <summary>Which migrations a database has had. Only looks, so that a file that is not ours stays as it is.</summary>
internal static class SchemaHistory
{
    /// <param name="path">May be a file that is not there or has nothing in it yet: it had none.</param>
    /// <exception cref="StartRefusedException">It is not a database of Torc, or it is damaged.</exception>
    public static async Task<IReadOnlyList<string>> ReadAsync(string path, CancellationToken cancel)
    {
        if (new FileInfo(path) is not { Exists: true, Length: > 0 })
        {
            return [];
        }

        if (!await IsDatabaseAsync(path, cancel))
        {
            throw Refused($"{path} is not a database. Name another data folder with --data, or put the file of a backup in its place.");
        }

        try
        {
            var options = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false };
            await using var connection = new SqliteConnection(options.ConnectionString);
            await connection.OpenAsync(cancel);
            var tables = await ReadAsync(connection, "SELECT name FROM sqlite_master WHERE type = 'table'", cancel);
            if (tables.Contains("__EFMigrationsHistory"))
            {
                return await ReadAsync(connection, "SELECT MigrationId FROM __EFMigrationsHistory ORDER BY MigrationId", cancel);
            }

            return tables.All(IsBookkeeping) ? [] : throw Refused($"{path} is a database of another program. Name another data folder with --data.");
        }
        catch (SqliteException failure) when (failure.SqliteErrorCode is Corrupt or NotADatabase)
        {
            throw Refused($"The database {path} is damaged: {failure.Message}. Put the file of a backup in its place.", failure);
        }
    }

    /// <param name="known">The migrations of this program, oldest first.</param>
    /// <param name="applied">Those of the database.</param>
    /// <exception cref="StartRefusedException">The database was written by a newer program.</exception>
    public static void RefuseNewer(string path, IReadOnlyList<string> known, IReadOnlyList<string> applied)
    {
        if (applied.Except(known, StringComparer.Ordinal).Max(StringComparer.Ordinal) is { } newer)
        {
            throw Refused(
                $"The database {path} was written by a newer Torc: its schema is {newer}, and Torc {ProgramVersion} knows schemas up to {known[^1]}. "
                + "Nothing was changed. Start the newer Torc, or name another data folder with --data.");
        }
    }

    /// <exception cref="StartRefusedException">The database was not brought up to date yet.</exception>
    public static void RefuseOlder(string path, IReadOnlyList<string> known, IReadOnlyList<string> applied)
    {
        if (known.Except(applied, StringComparer.Ordinal).Any())
        {
            string schema = applied.Count == 0 ? "has no schema yet" : $"has the older schema {applied[^1]}";
            throw Refused($"The database {path} {schema}, and Torc {ProgramVersion} needs {known[^1]}. A server brings it up to date when it starts: torc up");
        }
    }

    private static async Task<bool> IsDatabaseAsync(string path, CancellationToken cancel)
    {
        byte[] head = new byte[Head.Length];
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancel) == head.Length && head.AsSpan().SequenceEqual(Head);
    }

    private static ReadOnlySpan<byte> Head => "SQLite format 3\0"u8;

    private static string ProgramVersion => typeof(SchemaHistory).Assembly.GetName().Version!.ToString(3);

    private static bool IsBookkeeping(string table) => table.StartsWith("__EF", StringComparison.Ordinal) || table.StartsWith("sqlite_", StringComparison.Ordinal);

    private static StartRefusedException Refused(string message, Exception? cause = null) =>
        new(message, cause) { ExitCode = StartRefusedException.DatabaseRefused };

    private static async Task<IReadOnlyList<string>> ReadAsync(SqliteConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var texts = new List<string>();
        while (await reader.ReadAsync(cancel))
        {
            texts.Add(reader.GetString(0));
        }

        return texts;
    }
}
