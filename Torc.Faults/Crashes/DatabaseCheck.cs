using Microsoft.EntityFrameworkCore;
using Torc.Web.Data;
using Torc.Web.Data.Doctor;

namespace Torc.Faults.Crashes;

/// <summary>Asks the doctor what is wrong in a database, whether a server runs on it or was just killed.</summary>
internal static class DatabaseCheck
{
    /// <returns>A sentence for each violation.</returns>
    public static async Task<IReadOnlyList<string>> CheckAsync(string database, CancellationToken cancel)
    {
        var applied = await SchemaHistory.ReadAsync(database, cancel);
        await using (var db = new SqliteStore(database).Open())
        {
            if (db.Database.GetMigrations().Except(applied).Any())
            {
                // The server was killed before it had made all of its tables.
                return [];
            }
        }

        var examination = await DatabaseDoctor.ExamineAsync(database, cancel);
        return [.. examination.Violations.Select(violation => $"{violation.Invariant}: {violation.Sentence} Not so: {string.Join("; ", violation.Places)}")];
    }
}
