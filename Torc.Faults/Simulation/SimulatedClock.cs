namespace Torc.Faults.Simulation;

/// <summary>A machine's clock, as a process on it sees it: it may run fast or slow, and be wrong about the date.</summary>
/// <param name="rate">1 is right; 1.1 gains six minutes an hour.</param>
internal sealed class SimulatedClock(EventQueue events, SimulatedProcess process, double rate, TimeSpan offset) : TimeProvider
{
    private static readonly DateTimeOffset Beginning = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    private TimeSpan Elapsed => events.Now * rate;

    public override long GetTimestamp() => Elapsed.Ticks;

    public override DateTimeOffset GetUtcNow() => Beginning + offset + Elapsed;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Timer(this, callback, state, dueTime, period);

    private void In(TimeSpan delay, Action happen) => events.In(delay / rate, () => process.Run(happen));

    private sealed class Timer : ITimer
    {
        private readonly SimulatedClock _clock;
        private readonly TimerCallback _callback;
        private readonly object? _state;
        private TimeSpan _period;
        private int _round;

        public Timer(SimulatedClock clock, TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            (_clock, _callback, _state) = (clock, callback, state);
            Change(dueTime, period);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            Arm(dueTime, ++_round);
            return true;
        }

        public void Dispose() => _round++;

        public ValueTask DisposeAsync()
        {
            _round++;
            return ValueTask.CompletedTask;
        }

        private void Arm(TimeSpan dueTime, int round)
        {
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                _clock.In(dueTime, () => Fire(round));
            }
        }

        private void Fire(int round)
        {
            if (round == _round)
            {
                // The next one counts from now: what came due while the process was frozen comes once, as with a real timer.
                if (_period > TimeSpan.Zero)
                {
                    Arm(_period, round);
                }

                _callback(_state);
            }
        }
    }
}
