using Microsoft.Data.Sqlite;
using static Torc.Web.Data.SqliteCodes;

namespace Torc.Web.Data;

/// <summary>Tells in plain words what keeps the database from working, and whether something does so now.</summary>
internal sealed class StoreHealth(DatabaseDisk disk, TimeProvider time)
{
    // SQLite needs some pages at once: a disk with less than this is as good as full.
    private const long NextToNothing = 256 << 10;

    // Who looks later is not told of what may be over by then.
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(30);

    private volatile Failure? _last;

    /// <summary>What keeps it from working, or from taking anything new; null if nothing does.</summary>
    public StoreUnavailableException? Now =>
        _last is { } failure && time.GetElapsedTime(failure.At) < Remembered ? failure.Trouble
        : disk.Space is var space && disk.IsLow(space) ? Low(space)
        : null;

    /// <summary>Before something new begins, which would need room until its end.</summary>
    /// <exception cref="StoreUnavailableException">There is too little.</exception>
    public void RequireRoom()
    {
        var space = disk.Space;
        if (disk.IsLow(space))
        {
            throw Low(space);
        }
    }

    /// <returns>Null if it is not one of the troubles that go away by themselves.</returns>
    public StoreUnavailableException? Explain(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is StoreUnavailableException told)
            {
                return told;
            }

            if (cause is SqliteException sqlite)
            {
                return Explain(sqlite);
            }
        }

        return null;
    }

    /// <summary>Keeps in mind that something could not be stored.</summary>
    public StoreUnavailableException Failed(StoreUnavailableException trouble)
    {
        _last = new Failure(trouble, time.GetTimestamp());
        return trouble;
    }

    public void Stored() => _last = null;

    private StoreUnavailableException? Explain(SqliteException failure)
    {
        switch (failure.SqliteErrorCode)
        {
            case Busy or Locked:
                return new StoreUnavailableException(
                    StoreTrouble.Locked, "The database is held by another program: nothing was changed or lost, and it goes on by itself when that program lets go.", failure);
            case Full or InputOutput or CannotOpen when disk.Space is var space && (failure.SqliteErrorCode == Full || space.Free.Bytes < NextToNothing):
                return new StoreUnavailableException(
                    StoreTrouble.DiskFull, $"The disk with the database is full ({space}): nothing was lost; it goes on by itself when there is room.", failure);
            default:
                return null;
        }
    }

    private static StoreUnavailableException Low(DiskSpace space) => new(
        StoreTrouble.DiskLow, $"The disk with the database is almost full ({space}): what runs goes on, and new workflows are taken again when there is room.");

    private sealed record Failure(StoreUnavailableException Trouble, long At);
}
