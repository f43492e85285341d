using Torc.Shared.Metrics;
using Torc.Shared.Quantities;

namespace Torc.Agent.Sampling;

/// <summary>Sums up the measurements of one attempt.</summary>
internal sealed class UsageTally
{
    /// <summary>Over less, the clock by which the system counts CPU time is too coarse for a rate.</summary>
    private static readonly TimeSpan ShortestStretch = TimeSpan.FromMilliseconds(900);

    /// <summary>How often each tenth of a CPU was used; what is beyond the last counts there.</summary>
    private readonly List<int> _tenths = [];

    private Mark _now;
    private Mark _stretch;
    private int _processes;
    private int _peakProcesses;
    private MemorySize _memory;
    private double _memorySeconds;
    private TimeSpan _measured;
    private double _peakCpuPercent;
    private GpuUse _gpu;
    private double? _peakGpuPercent;
    private MemorySize? _peakGpuMemory;
    private double _gpuPercentSeconds;
    private TimeSpan _gpuMeasured;

    /// <summary>The most that was ever seen: a process that ends unseen takes its share out of a later sum. So it is with <see cref="Mark.Read"/> and <see cref="Mark.Written"/>.</summary>
    public TimeSpan Cpu => _now.Cpu;

    public MemorySize PeakMemory { get; private set; }

    public Mark Now => _now;

    public void Add(DateTimeOffset startedAt, DateTimeOffset at, TreeUse use, GpuUse gpu = default)
    {
        if (_now.At == default)
        {
            _now = _stretch = new Mark(startedAt);
        }

        var since = at - _now.At;
        if (since > TimeSpan.Zero)
        {
            _memorySeconds += use.Memory.Bytes * since.TotalSeconds;
            _measured += since;
        }

        Add(gpu, since);
        _now = new Mark(
            at,
            use.Cpu > _now.Cpu ? use.Cpu : _now.Cpu,
            Math.Max(use.ReadBytes, _now.Read),
            Math.Max(use.WrittenBytes, _now.Written));
        (_memory, _processes) = (use.Memory, use.Processes);
        PeakMemory = use.Memory > PeakMemory ? use.Memory : PeakMemory;
        _peakProcesses = Math.Max(use.Processes, _peakProcesses);
        if (at - _stretch.At >= ShortestStretch)
        {
            double percent = LevelsSince(_stretch).CpuPercent;
            _peakCpuPercent = Math.Max(percent, _peakCpuPercent);
            int tenth = (int)Math.Min(percent / 10, 100_000);
            _tenths.AddRange(Enumerable.Repeat(0, Math.Max(0, tenth + 1 - _tenths.Count)));
            _tenths[tenth]++;
            _stretch = _now;
        }
    }

    private void Add(GpuUse gpu, TimeSpan since)
    {
        _gpu = gpu;
        if (gpu.Percent is { } percent)
        {
            _peakGpuPercent = Math.Max(percent, _peakGpuPercent ?? 0);
            if (since > TimeSpan.Zero)
            {
                _gpuPercentSeconds += percent * since.TotalSeconds;
                _gpuMeasured += since;
            }
        }

        if (gpu.Memory is { } memory && (_peakGpuMemory is not { } peak || memory > peak))
        {
            _peakGpuMemory = memory;
        }
    }

    public UsageLevels LevelsSince(Mark mark)
    {
        double seconds = (_now.At - mark.At).TotalSeconds;
        return seconds <= 0
            ? new UsageLevels(0, _memory, _processes, GpuPercent: _gpu.Percent, GpuMemory: _gpu.Memory)
            : new UsageLevels(
                Math.Round((_now.Cpu - mark.Cpu).TotalSeconds / seconds * 100, 1),
                _memory,
                _processes,
                (long)((_now.Read - mark.Read) / seconds),
                (long)((_now.Written - mark.Written) / seconds),
                _gpu.Percent,
                _gpu.Memory);
    }

    /// <summary>Null if no stretch was long enough to say something about.</summary>
    public UsageSummary? Summary() => _tenths.Count == 0
        ? null
        : new UsageSummary(
            new MemorySize((long)(_memorySeconds / _measured.TotalSeconds)),
            _peakCpuPercent,
            BusyPercent(),
            _peakProcesses,
            _now.Read,
            _now.Written,
            _peakGpuPercent,
            _gpuMeasured > TimeSpan.Zero ? Math.Round(_gpuPercentSeconds / _gpuMeasured.TotalSeconds, 1) : null,
            _peakGpuMemory);

    // To the upper end of a tenth of a CPU, and never more than was seen.
    private double BusyPercent()
    {
        int left = _tenths.Sum() / 20;
        int tenth = _tenths.Count - 1;
        for (; tenth > 0 && (left -= _tenths[tenth]) >= 0; tenth--)
        {
            // All that was seen here is among the highest twentieth.
        }

        return Math.Min((tenth + 1) * 10, _peakCpuPercent);
    }

    /// <summary>What had been used until then, since the start.</summary>
    internal readonly record struct Mark(DateTimeOffset At, TimeSpan Cpu = default, long Read = 0, long Written = 0);
}
