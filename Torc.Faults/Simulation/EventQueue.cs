namespace Torc.Faults.Simulation;

/// <summary>
/// The world's time and what is to happen in it. Everything runs on one thread, in the order of time and then of arrival, so that
/// equal seeds give equal runs.
/// </summary>
internal sealed class EventQueue
{
    private readonly PriorityQueue<Action, (long At, long Number)> _events = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private long _next;

    /// <summary>Since the world began.</summary>
    public TimeSpan Now { get; private set; }

    public long Done { get; private set; }

    /// <exception cref="InvalidOperationException">Called from another thread: then the run cannot be repeated.</exception>
    public void At(TimeSpan when, Action happen)
    {
        if (Environment.CurrentManagedThreadId != _thread)
        {
            throw new InvalidOperationException("the simulation left its thread");
        }

        _events.Enqueue(happen, (Math.Max(when.Ticks, Now.Ticks), _next++));
    }

    public void In(TimeSpan delay, Action happen) => At(Now + delay, happen);

    /// <summary>Lets happen what happens until then, or until nothing more would, or <paramref name="isDone"/>.</summary>
    public void RunUntil(TimeSpan end, Func<bool> isDone)
    {
        while (!isDone() && _events.TryPeek(out _, out var when) && when.At <= end.Ticks)
        {
            Now = new TimeSpan(when.At);
            Done++;
            _events.Dequeue()();
        }
    }
}
