using Torc.Agent.Sampling;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Metrics;
using Torc.Shared.Reruns;

namespace Torc.Agent.Running;

/// <summary>One attempt in the keeper's hands: it waits, runs, or has ended and is not forgotten.</summary>
internal sealed class HeldAttempt
{
    /// <summary>An attempt of an earlier keeper, of which only the end is left to tell.</summary>
    public HeldAttempt(AttemptEnded end)
    {
        Id = end.Attempt;
        StartedAt = end.StartedAt;
        End = end;
        IsJournaled = true;
    }

    public HeldAttempt(Assignment assignment, TimeSpan askedAt)
    {
        Id = assignment.Attempt;
        Assignment = assignment;
        Ladder = new Ladder(assignment, askedAt);
    }

    public AttemptId Id { get; }

    /// <summary>Null when it has ended, as is the next.</summary>
    public Assignment? Assignment { get; private set; }

    public Ladder? Ladder { get; private set; }

    /// <summary>The process that leads the attempt's session; 0 unless it runs.</summary>
    public int Pid { get; private set; }

    public DateTimeOffset? StartedAt { get; private set; }

    /// <summary>What it was to read, as it was before its command started.</summary>
    public IReadOnlyList<RecordedFile> Inputs { get; set; } = [];

    /// <summary>How the command ended, while there are processes of it left; null before.</summary>
    public AttemptEnded? LeaderEnd { get; set; }

    public AttemptEnded? End { get; private set; }

    /// <summary>Nobody wants to hear of it again.</summary>
    public bool IsDropped { get; set; }

    /// <summary>The journal knows of it, or will when it is written next.</summary>
    public bool IsJournaled { get; set; }

    /// <summary>The journal says, or will when it is written next, that it may start soon.</summary>
    public bool IsGivenAhead { get; set; }

    private readonly UsageTally _tally = new();
    private UsageTally.Mark? _lastSample;

    /// <summary>When its processes are to be measured again, by their memory; see <see cref="MemoryPace"/>.</summary>
    public TimeSpan SamplePause { get; private set; } = MemoryPace.Slow;

    public void Start(int pid, DateTimeOffset at)
    {
        Pid = pid;
        StartedAt = at;
    }

    /// <summary>Keeps only the end: what the job was is not needed any more.</summary>
    public void Finish(AttemptEnded end)
    {
        End = end;
        LeaderEnd = null;
        Inputs = [];
        Pid = 0;
        Assignment = null;
        Ladder = null;
    }

    /// <summary>What the attempt used, of what the system summed up and what was seen on the way.</summary>
    public AttemptUsage Total(AttemptUsage summedUp) => new(
        summedUp.CpuTime > _tally.Cpu ? summedUp.CpuTime : _tally.Cpu,
        summedUp.PeakMemory > _tally.PeakMemory ? summedUp.PeakMemory : _tally.PeakMemory,
        _tally.Summary());

    /// <summary>Takes a measurement of all processes of the attempt, and of its GPUs.</summary>
    /// <returns>The sample to send; null if none is due.</returns>
    public AttemptSample? Measure(DateTimeOffset at, TreeUse use, GpuUse gpu)
    {
        if (StartedAt is not { } startedAt)
        {
            return null;
        }

        _tally.Add(startedAt, at, use, gpu);
        SamplePause = MemoryPace.After(use.Memory, Assignment?.Granted.Memory ?? default);

        // Measurements come once a second, more or less: half of one early is on time.
        if (Assignment?.SampleEvery is not { } every || (_lastSample is { } last && at - last.At < every - TimeSpan.FromMilliseconds(500)))
        {
            return null;
        }

        var levels = _tally.LevelsSince(_lastSample ?? new UsageTally.Mark(startedAt));
        _lastSample = _tally.Now;
        return new AttemptSample(Id, new UsagePoint(at, levels));
    }
}
