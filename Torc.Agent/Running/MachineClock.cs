namespace Torc.Agent.Running;

/// <summary>
/// A clock whose timestamps all processes of this machine share, and which goes on while the machine sleeps: a lease that ran out
/// in a laptop's bag has run out.
/// </summary>
internal sealed class MachineClock : TimeProvider
{
    public static MachineClock Instance { get; } = new();

    public override long TimestampFrequency => 1_000_000_000;

    public override long GetTimestamp()
    {
        _ = Libc.ReadClock(Libc.ClockBootTime, out var time);
        return (time.Seconds * TimestampFrequency) + time.Nanoseconds;
    }
}
