using Torc.Agent.Sampling;
using Torc.Shared.Jobs;
using Torc.Shared.Metrics;
using Torc.Shared.Quantities;
using Xunit;

namespace Torc.Tests.Agent.Sampling;

public sealed class UsageTallyTests
{
    private static readonly DateTimeOffset Start = new(2026, 5, 4, 14, 0, 0, TimeSpan.Zero);

    private readonly UsageTally _tally = new();
    private double _cpu;

    [Fact]
    public void Rates_are_those_since_the_last_look()
    {
        Measure(second: 1, cpuSeconds: 2, mebibytes: 100, read: 1000);
        var before = _tally.Now;
        Measure(second: 3, cpuSeconds: 1, mebibytes: 50, read: 5000);

        Assert.Equal(new UsageLevels(50, MemorySize.Mebibytes(50), 2, 2000, 0), _tally.LevelsSince(before));
        Assert.Equal(new UsageLevels(100, MemorySize.Mebibytes(50), 2, 1666, 0), _tally.LevelsSince(new UsageTally.Mark(Start)));
    }

    [Fact]
    public void The_mean_of_memory_is_over_time_and_its_peak_is_the_most()
    {
        Measure(second: 1, cpuSeconds: 0, mebibytes: 100);
        Measure(second: 4, cpuSeconds: 0, mebibytes: 20);

        Assert.Equal((MemorySize.Mebibytes(40), MemorySize.Mebibytes(100)), (_tally.Summary()!.MeanMemory, _tally.PeakMemory));
    }

    [Fact]
    public void What_is_used_in_five_percent_of_the_time_only_is_not_what_keeps_a_job_busy()
    {
        for (int second = 1; second <= 100; second++)
        {
            Measure(second, cpuSeconds: second <= 5 ? 4 : 1.5, mebibytes: 1);
        }

        Assert.Equal(400, _tally.Summary()!.PeakCpuPercent);
        Assert.InRange(_tally.Summary()!.BusyCpuPercent, 150, 160);
    }

    [Fact]
    public void What_ended_unseen_is_not_taken_back()
    {
        Measure(second: 1, cpuSeconds: 3, mebibytes: 1, read: 4096);
        _cpu = 1;
        Measure(second: 2, cpuSeconds: 0, mebibytes: 1, read: 0);

        Assert.Equal((TimeSpan.FromSeconds(3), 4096), (_tally.Cpu, _tally.Summary()!.ReadBytes));
    }

    [Fact]
    public void Of_an_attempt_that_was_over_at_once_nothing_is_said()
    {
        Measure(second: 0.3, cpuSeconds: 1, mebibytes: 1);

        Assert.Null(_tally.Summary());
    }

    private void Measure(double second, double cpuSeconds, int mebibytes, long read = 0)
    {
        _cpu += cpuSeconds;
        var use = new TreeUse(new AttemptId(new JobId(1), 1), TimeSpan.FromSeconds(_cpu), MemorySize.Mebibytes(mebibytes), Processes: 2, read);
        _tally.Add(Start, Start.AddSeconds(second), use);
    }
}
