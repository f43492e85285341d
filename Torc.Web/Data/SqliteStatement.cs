using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Torc.Web.Data;

/// <summary>
/// A statement that changes rows, run many times. Its values are bound by their places: by their names, as commands of ADO.NET do it, that
/// takes twice as long as the statement itself.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private readonly int _parameters;

    /// <param name="sql">One statement; each of its parameters stands in it once.</param>
    /// <exception cref="SqliteException">It is not one that this database can run.</exception>
    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v3(_database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement), _database);
        _parameters = raw.sqlite3_bind_parameter_count(_statement);
    }

    /// <param name="values">In the order in which the parameters stand in the statement: whole numbers, fractions, texts, bytes or null.</param>
    /// <returns>How many rows it changed.</returns>
    /// <exception cref="SqliteException">It failed, and has changed nothing.</exception>
    public int Run(ReadOnlySpan<object?> values)
    {
        if (values.Length != _parameters)
        {
            // One that is left out would keep the value of the run before.
            throw new ArgumentException($"the statement has {_parameters} parameters, and {values.Length} values came", nameof(values));
        }

        for (int index = 0; index < values.Length; index++)
        {
            SqliteException.ThrowExceptionForRC(Bind(index + 1, values[index]), _database);
        }

        int result = raw.sqlite3_step(_statement);
        if (result != raw.SQLITE_DONE)
        {
            try
            {
                // What went wrong is forgotten with the reset.
                SqliteException.ThrowExceptionForRC(result, _database);
            }
            finally
            {
                _ = raw.sqlite3_reset(_statement);
            }
        }

        int changed = raw.sqlite3_changes(_database);
        _ = raw.sqlite3_reset(_statement);
        return changed;
    }

    public void Dispose() => _statement.Dispose();

    private int Bind(int place, object? value) => value switch
    {
        null => raw.sqlite3_bind_null(_statement, place),
        long number => raw.sqlite3_bind_int64(_statement, place, number),
        int number => raw.sqlite3_bind_int(_statement, place, number),
        string text => raw.sqlite3_bind_text(_statement, place, text),
        bool truth => raw.sqlite3_bind_int(_statement, place, truth ? 1 : 0),
        double fraction => raw.sqlite3_bind_double(_statement, place, fraction),
        byte[] bytes => raw.sqlite3_bind_blob(_statement, place, bytes),
        _ => throw new ArgumentException($"a {value.GetType()} cannot be stored", nameof(value)),
    };
}
