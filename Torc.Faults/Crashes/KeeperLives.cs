namespace Torc.Faults.Crashes;

/// <summary>What was done to the keepers in a round, so that it can be told which attempts may be lost with them.</summary>
internal sealed class KeeperLives
{
    /// <summary>How long a keeper runs after an end until the end is certainly in its journal.</summary>
    private const long SettledAfter = 2_000_000_000;

    /// <summary>The parent of whoever has lost his own: a job that got as far as to say who its keeper is only after that had been killed.</summary>
    private const int Init = 1;

    private readonly Lock _gate = new();
    private readonly Dictionary<int, long> _killedAt = [];
    private readonly List<(int Keeper, long From, long To)> _stops = [];

    public static long Now => (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks * 100;

    public void Killed(int keeper)
    {
        lock (_gate)
        {
            _killedAt.TryAdd(keeper, Now);
        }
    }

    public void Stopped(int keeper, long from, long to)
    {
        lock (_gate)
        {
            _stops.Add((keeper, from, to));
        }
    }

    public bool WasKilled(int keeper)
    {
        lock (_gate)
        {
            return _killedAt.ContainsKey(keeper) || (keeper == Init && _killedAt.Count > 0);
        }
    }

    /// <summary>Whether the keeper ran on for long enough to have written down what happened then.</summary>
    public bool LivedOnAfter(int keeper, long nanoseconds)
    {
        lock (_gate)
        {
            if (!_killedAt.TryGetValue(keeper, out long killedAt))
            {
                return keeper != Init || _killedAt.Count == 0;
            }

            // Stops that overlap each other are counted twice, to the keeper's favour.
            long stopped = _stops.Where(stop => stop.Keeper == keeper).Sum(stop => Math.Max(0, Math.Min(stop.To, killedAt) - Math.Max(stop.From, nanoseconds)));
            return killedAt - nanoseconds - stopped > SettledAfter;
        }
    }
}
