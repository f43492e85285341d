using Microsoft.Data.Sqlite;

namespace Torc.Faults.Crashes;

/// <summary>Opens the database of a site only to look: such a connection never folds the log of a killed server into the file.</summary>
internal static class ReadOnlyDatabase
{
    public static async Task<SqliteConnection> OpenAsync(string path, CancellationToken cancel)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadOnly,
            // A pooled connection would outlive the folder.
            Pooling = false,
            DefaultTimeout = 10,
        }.ConnectionString);
        await connection.OpenAsync(cancel);
        return connection;
    }
}
