using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;

namespace Torc.Web.Data;

/// <summary>Reads the many rows of a workflow at several times the speed of the model's queries, for a server that has to be ready again at once.</summary>
internal static class RowReading
{
    /// <summary>Reads on a connection of its own and on another thread, so that several tables are read side by side.</summary>
    /// <param name="sql">Selects by <c>@workflow</c> if one is given, and has nothing that one of the providers lacks.</param>
    public static Task<List<T>> ReadAsync<T>(Func<TorcDbContext> open, string sql, long? workflow, Func<DbDataReader, T> read, CancellationToken cancel) => Task.Run(
        async () =>
        {
            await using var db = open();
            await db.Database.OpenConnectionAsync(cancel);
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = sql;
            if (workflow is { } id)
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = ("@workflow", id);
                command.Parameters.Add(parameter);
            }

            await using var reader = await command.ExecuteReaderAsync(cancel);
            var rows = new List<T>();
            while (await reader.ReadAsync(cancel))
            {
                rows.Add(read(reader));
            }

            return rows;
        },
        cancel);

    public static string? Text(this DbDataReader row, int column) => row.IsNull(column) ? null : row.GetString(column);

    public static int? Int(this DbDataReader row, int column) => row.IsNull(column) ? null : row.GetInt32(column);

    public static long? Long(this DbDataReader row, int column) => row.IsNull(column) ? null : row.GetInt64(column);

    public static double? Double(this DbDataReader row, int column) => row.IsNull(column) ? null : row.GetDouble(column);

    public static DateTimeOffset? Instant(this DbDataReader row, int column) =>
        row.Long(column) is { } stored ? DateTimeOffset.FromUnixTimeMilliseconds(stored) : null;

    [SuppressMessage("Design", "MA0045", Justification = "A row that was read waits for nothing.")]
    private static bool IsNull(this DbDataReader row, int column) => row.IsDBNull(column);
}
