namespace Torc.Agent.Link;

/// <summary>
/// How long to wait before the next try: twice as long each time, from 0.2 to 5 seconds, and a random half of it, so that a
/// thousand agents do not come back to a restarted server in one moment.
/// </summary>
internal sealed class Backoff(Random random)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private TimeSpan _next = Shortest;

    public void Reset() => _next = Shortest;

    public TimeSpan Next()
    {
        var whole = _next;
        _next = whole * 2 < Longest ? whole * 2 : Longest;
        return whole * (0.5 + random.NextDouble() / 2);
    }
}
