using System.Collections.Concurrent;

namespace Torc.Web.Editor;

/// <summary>
/// The drafts that are open. All pages of one draft meet in one room, and what happens there is kept a moment later: a server that is killed loses at most
/// <see cref="Pause"/> of it.
/// </summary>
public sealed partial class DraftRooms(IDraftStore store, TimeProvider time, ILogger<DraftRooms> log) : IAsyncDisposable
{
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<long, Lazy<Task<DraftRoom?>>> _rooms = new();
    private readonly ConcurrentDictionary<long, Task> _keeping = new();
    private readonly CancellationTokenSource _closing = new();

    /// <summary>Opens a draft for a page, which leaves it with <see cref="Leave"/>.</summary>
    /// <returns>Null if the user has no such draft.</returns>
    public async Task<DraftRoom?> EnterAsync(long id, string user)
    {
        while (true)
        {
            var opening = _rooms.GetOrAdd(id, _ => new Lazy<Task<DraftRoom?>>(() => OpenAsync(id)));
            var here = KeyValuePair.Create(id, opening);
            DraftRoom? room;
            try
            {
                room = await opening.Value;
            }
            catch
            {
                // The next who comes tries again.
                _rooms.TryRemove(here);
                throw;
            }

            if (room is null)
            {
                _rooms.TryRemove(here);
                return null;
            }

            lock (room)
            {
                room.Pages++;
                room.Opening = opening;
            }

            if (room.User != user)
            {
                Leave(room);
                return null;
            }

            // The last page may have gone, and the room with it, between the two.
            if (_rooms.TryGetValue(id, out var now) && ReferenceEquals(now, opening))
            {
                return room;
            }

            Leave(room);
        }
    }

    /// <summary>A page shows it no more. The last one to go closes the room once all is kept.</summary>
    public void Leave(DraftRoom room)
    {
        lock (room)
        {
            room.Pages--;
        }

        CloseIfDone(room);
    }

    /// <summary>Takes a draft away for good.</summary>
    public async Task RemoveAsync(long id, CancellationToken cancel)
    {
        _rooms.TryRemove(id, out _);
        await store.RemoveAsync(id, cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await Task.WhenAll(_keeping.Values);
        foreach (var opening in _rooms.Values.Where(opening => opening.IsValueCreated))
        {
            if (await opening.Value is { State.IsKept: false } room)
            {
                await TryKeepAsync(room, CancellationToken.None);
            }
        }

        _closing.Dispose();
    }

    private async Task<DraftRoom?> OpenAsync(long id)
    {
        if (await store.FindAsync(id, _closing.Token) is not { } draft)
        {
            return null;
        }

        var room = new DraftRoom(draft, time);
        room.Changed += news =>
        {
            if (!news.State.IsKept)
            {
                Keep(room);
            }
        };
        return room;
    }

    private void Keep(DraftRoom room) => _ = _keeping.GetOrAdd(room.Id, _ => KeepAllAsync(room));

    // One writer for each room. What happens while it writes is written next.
    private async Task KeepAllAsync(DraftRoom room)
    {
        var pause = Pause;
        try
        {
            while (!room.State.IsKept)
            {
                await Task.Delay(pause, time, _closing.Token);
                pause = await TryKeepAsync(room, _closing.Token) ? Pause : Again;
            }
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // What is not kept yet is kept while the server goes down.
        }

        _keeping.TryRemove(room.Id, out _);
        // Something may have happened after the last look and found this writer still there.
        if (!room.State.IsKept && !_closing.IsCancellationRequested)
        {
            Keep(room);
        }

        CloseIfDone(room);
    }

    private async Task<bool> TryKeepAsync(DraftRoom room, CancellationToken cancel)
    {
        var state = room.State;
        try
        {
            await store.KeepAsync(room.ToDraft(state), cancel);
            room.MarkKept(state);
            return true;
        }
        catch (DraftGoneException)
        {
            // It was discarded in another tab: there is nothing left to be kept.
            _rooms.TryRemove(room.Id, out _);
            room.MarkKept(state);
            return true;
        }
        catch (Exception trouble) when (trouble is not OperationCanceledException)
        {
            Missed(log, room.Id, trouble);
            return false;
        }
    }

    private void CloseIfDone(DraftRoom room)
    {
        lock (room)
        {
            // Never another room of the same draft, which may have been opened since.
            if (room is { Pages: 0, State.IsKept: true, Opening: Lazy<Task<DraftRoom?>> opening })
            {
                _rooms.TryRemove(KeyValuePair.Create(room.Id, opening));
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Draft {Id} could not be kept; it is tried again")]
    private static partial void Missed(ILogger logger, long id, Exception trouble);
}
