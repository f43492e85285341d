using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Torc.Web.Data;

/// <summary>Makes every connection durable: a commit that was answered survives kill -9 and loss of power.</summary>
/// <param name="isShared">Whether several machines share the file system: what a log in WAL mode needs does not work there.</param>
internal sealed class SqlitePragmas(bool isShared) : DbConnectionInterceptor
{
    private readonly string _sql = $"PRAGMA journal_mode = {(isShared ? "TRUNCATE" : "WAL")}; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = _sql;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = _sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
