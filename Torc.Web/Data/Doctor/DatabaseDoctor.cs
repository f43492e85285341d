using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using static Torc.Web.Data.SqliteCodes;

namespace Torc.Web.Data.Doctor;

/// <summary>
/// Looks whether a database is as it must be, whatever was killed before. It only reads, and sees one moment of it: a server may
/// go on with it meanwhile.
/// </summary>
internal static class DatabaseDoctor
{
    private const int PlacesShown = 10;

    private static readonly IReadOnlyList<Invariant> OfSqlite =
    [
        new("sqlite", "The pages of the file and its indexes hang together.", "SELECT * FROM pragma_quick_check WHERE quick_check <> 'ok'"),
        new("sqlite", "No foreign key is broken.", "SELECT * FROM pragma_foreign_key_check"),
    ];

    /// <param name="path">The file, which has the tables of this version.</param>
    /// <exception cref="DbException">It cannot be opened.</exception>
    public static async Task<Examination> ExamineAsync(string path, CancellationToken cancel)
    {
        var options = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false };
        await using var connection = new SqliteConnection(options.ConnectionString);
        await connection.OpenAsync(cancel);
        await using var moment = connection.BeginTransaction(deferred: true);
        return await ExamineAsync(path, connection, moment, [.. OfSqlite, .. Invariants.All], cancel);
    }

    private static async Task<Examination> ExamineAsync(
        string name, DbConnection connection, DbTransaction moment, IReadOnlyList<Invariant> invariants, CancellationToken cancel)
    {
        var violations = new List<Violation>();
        foreach (var invariant in invariants)
        {
            try
            {
                if (await FindAsync(connection, moment, invariant, cancel) is { } violation)
                {
                    violations.Add(violation);
                }
            }
            catch (SqliteException unreadable) when (unreadable.SqliteErrorCode is not (Busy or Locked))
            {
                // Pages are damaged. That ends the transaction, and what else could be asked means little.
                violations.Add(new Violation(invariant.Number, invariant.Sentence, 1, [$"it cannot be read: {unreadable.Message}"]));
                break;
            }
        }

        return new Examination(name, invariants.Count, violations);
    }

    private static async Task<Violation?> FindAsync(DbConnection connection, DbTransaction moment, Invariant invariant, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = moment;
        command.CommandText = invariant.Sql;
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var places = new List<string>();
        long count = 0;
        while (await reader.ReadAsync(cancel))
        {
            if (++count <= PlacesShown)
            {
                places.Add(Place(reader));
            }
        }

        return count == 0 ? null : new Violation(invariant.Number, invariant.Sentence, count, places);
    }

    // workflow_id=1 job_id=3 status=5
    private static string Place(DbDataReader row) => string.Join(
        ' ',
        from column in Enumerable.Range(0, row.FieldCount)
        let value = row.GetValue(column)
        where value is not DBNull
        select string.Create(CultureInfo.InvariantCulture, $"{row.GetName(column)}={value}"));
}
