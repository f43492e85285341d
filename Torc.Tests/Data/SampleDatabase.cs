using System.Globalization;
using Microsoft.Data.Sqlite;
using Torc.Tests.Engine;
using Torc.Tests.Support;
using Torc.Web.Engine;
using Xunit;

namespace Torc.Tests.Data;

/// <summary>
/// One database with something of everything: workflow 1 is completed (jobs 1 to 4), 2 has failed at its head (5 to 8), 3 is in the
/// middle (9 completed, 10 running on the one CPU, 11 ready, 12 blocked), 4 is a draft (13 to 16).
/// </summary>
public sealed class SampleDatabase : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("torc-sample-");
    private EngineHost _host = null!;
    private int _copies;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A copy of it in a file of its own.</summary>
    /// <param name="breakage">SQL that is run on the copy.</param>
    public async Task<string> CopyAsync(string? breakage = null)
    {
        string copy = Path.Combine(_folder.FullName, string.Create(CultureInfo.InvariantCulture, $"{Interlocked.Increment(ref _copies)}.db"));
        await _host.ExecuteAsync($"VACUUM INTO '{copy}'");
        if (breakage is not null)
        {
            await ExecuteAsync(copy, breakage);
        }

        return copy;
    }

    public static async Task ExecuteAsync(string database, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={database};Foreign Keys=False;Pooling=False");
        await connection.OpenAsync(Cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Cancel);
    }

    public async ValueTask InitializeAsync()
    {
        _host = await EngineHost.StartAsync();
        var agent = _host.Agent(cpus: 1);
        await agent.HelloAsync();

        await _host.CreateAsync(Sketch.Draw(Sketch.Diamond));
        await agent.ReportAsync();
        while (agent.Held.Count > 0)
        {
            await agent.ReportAsync(agent.Started(), agent.Ended());
        }

        await _host.CreateAsync(Sketch.Draw(Sketch.Diamond));
        await agent.ReportAsync();
        await agent.ReportAsync(agent.Ended(exitCode: 1));

        var running = await _host.CreateAsync(Sketch.Draw(Sketch.Diamond));
        await agent.ReportAsync();
        await agent.ReportAsync(agent.Ended());
        await agent.ReportAsync(agent.Started());

        await _host.CreateAsync(Sketch.Draw(Sketch.Diamond), start: false);
        foreach (string type in (string[])["first", "second", "third"])
        {
            await _host.Engine.ChangeAsync(
                (_, commit, now) =>
                {
                    commit.Events.Add(new EventPost(running, now, type, "null", Job: null, Attempt: null));
                    return true;
                },
                Cancel);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
