using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Quantities;

namespace Torc.Agent.Running;

/// <summary>One attempt in the keeper's hands: it waits, runs, or has ended and is not forgotten.</summary>
internal sealed class HeldAttempt(AttemptId id, Assignment? assignment)
{
    public AttemptId Id { get; } = id;

    /// <summary>Null for an attempt of an earlier keeper, of which only the end is left to tell.</summary>
    public Assignment? Assignment { get; private set; } = assignment;

    /// <summary>The process that leads the attempt's session; 0 unless it runs.</summary>
    public int Pid { get; private set; }

    public DateTimeOffset? StartedAt { get; private set; }

    public AttemptEnded? End { get; private set; }

    /// <summary>Why we ended it ourselves; null if we did not.</summary>
    public Outcome? EndedByUs { get; set; }

    /// <summary>When its lease has run out, by the keeper's clock; null if it has none.</summary>
    public long? LeaseEnd { get; private set; }

    /// <summary>Nobody wants to hear of it again.</summary>
    public bool IsDropped { get; set; }

    public MemorySize PeakMemory { get; private set; }

    /// <summary>The most that was ever seen: a process that ends unseen takes its share out of a later sum.</summary>
    public TimeSpan SampledCpu { get; private set; }

    public (DateTimeOffset At, TimeSpan Cpu)? LastSample { get; private set; }

    public void Start(int pid, DateTimeOffset at)
    {
        Pid = pid;
        StartedAt = at;
    }

    /// <summary>Lets the lease begin anew, if it has one; a lease never gets shorter.</summary>
    /// <param name="askedAt">A timestamp of <paramref name="clock"/>: when the agent asked the server.</param>
    public void Renew(long askedAt, TimeProvider clock)
    {
        if (Assignment?.Lease is { } lease)
        {
            // A tenth is left for clocks that run apart and for the time that ending takes.
            long end = askedAt + (long)(lease.TotalSeconds * 0.9 * clock.TimestampFrequency);
            LeaseEnd = Math.Max(LeaseEnd ?? end, end);
        }
    }

    /// <summary>Keeps only the end: what the job was is not needed any more.</summary>
    public void Finish(AttemptEnded end)
    {
        End = end;
        Pid = 0;
        Assignment = null;
    }

    /// <summary>What the attempt used, of what the system summed up and what was seen on the way.</summary>
    public AttemptUsage Total(AttemptUsage summedUp) => new(
        summedUp.CpuTime > SampledCpu ? summedUp.CpuTime : SampledCpu,
        summedUp.PeakMemory > PeakMemory ? summedUp.PeakMemory : PeakMemory);

    /// <summary>Takes a measurement of all processes of the attempt.</summary>
    /// <returns>The sample to send; null if none is due.</returns>
    public AttemptSample? Measure(DateTimeOffset at, TimeSpan cpu, MemorySize memory)
    {
        SampledCpu = cpu > SampledCpu ? cpu : SampledCpu;
        PeakMemory = memory > PeakMemory ? memory : PeakMemory;
        if (Assignment?.SampleEvery is not { } every || StartedAt is not { } startedAt)
        {
            return null;
        }

        var (since, before) = LastSample ?? (startedAt, TimeSpan.Zero);
        // Measurements come once a second, more or less: half of one early is on time.
        if (LastSample is not null && at - since < every - TimeSpan.FromMilliseconds(500))
        {
            return null;
        }

        LastSample = (at, SampledCpu);
        double percent = at > since ? (SampledCpu - before) / (at - since) * 100 : 0;
        return new AttemptSample(Id, at, Math.Round(percent, 1), memory);
    }
}
