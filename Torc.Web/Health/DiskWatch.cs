using Torc.Web.Data;

namespace Torc.Web.Health;

/// <summary>Puts the ballast back when there is room, and says once in the log when the disk gets low and when it has room again.</summary>
internal sealed partial class DiskWatch(DatabaseDisk disk, SqliteStore database, TimeProvider time, ILogger<DiskWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(10);

    private bool _wasLow;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (database.NetworkFileSystem is { } name)
        {
            LogNetworkFileSystem(name);
        }

        using var clock = new PeriodicTimer(Pace, time);
        try
        {
            do
            {
                await LookAsync(stoppingToken);
            }
            while (await clock.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private async Task LookAsync(CancellationToken cancel)
    {
        try
        {
            var space = disk.Space;
            bool isLow = disk.IsLow(space);
            if (isLow != _wasLow)
            {
                _wasLow = isLow;
                Log(isLow, space);
            }

            await disk.RestoreBallastAsync(cancel);
        }
        catch (IOException gone)
        {
            // The disk itself is away. Whoever needs the database will say more.
            LogUnknown(gone.Message);
        }
    }

    private void Log(bool isLow, DiskSpace space)
    {
        if (isLow)
        {
            LogLow(space);
        }
        else
        {
            LogRoom(space);
        }
    }

    [LoggerMessage(701, LogLevel.Warning, "the database lies on {Name}, which several machines share: it works there without its fast log. Better a folder on a disk of this machine, named with --data")]
    private partial void LogNetworkFileSystem(string name);

    [LoggerMessage(702, LogLevel.Warning, "the disk with the database is almost full ({Space}): new workflows are refused")]
    private partial void LogLow(DiskSpace space);

    [LoggerMessage(703, LogLevel.Information, "the disk with the database has room again ({Space})")]
    private partial void LogRoom(DiskSpace space);

    [LoggerMessage(704, LogLevel.Warning, "nobody knows how full the disk with the database is: {Problem}")]
    private partial void LogUnknown(string problem);
}
