using Torc.Shared.Jobs;
using Torc.Shared.Metrics;
using Torc.Shared.Placement;
using Torc.Shared.Quantities;
using Xunit;

namespace Torc.Tests.Metrics;

public sealed class RightSizingTests
{
    private static readonly ResourceRequirements Medium = new(4, MemorySize.Mebibytes(512), 0, 1, TimeSpan.FromMinutes(5));

    [Fact]
    public void Memory_is_a_fifth_more_than_was_ever_used_in_steps_of_64_MiB()
    {
        var memory = Use(ResourceKind.Memory, Job(161), Job(311));

        Assert.Equal(MemorySize.Mebibytes(384).Bytes, memory.Suggested);
        Assert.Equal((MemorySize.Mebibytes(512).Bytes, MemorySize.Mebibytes(161).Bytes, MemorySize.Mebibytes(311).Bytes), (memory.Requested, memory.Median, memory.Most));
        Assert.Equal("33 % more fit on a node", memory.Effect);
        Assert.True(memory.IsWeak);
    }

    [Fact]
    public void What_fits_many_times_is_said_in_times() => Assert.Equal("8 times as many fit on a node", Use(ResourceKind.Memory, Job(10), Job(20)).Effect);

    [Fact]
    public void After_running_out_of_memory_twice_what_it_had_is_suggested_or_half_more_than_it_used()
    {
        var memory = Use(ResourceKind.Memory, Job(161), Job(500, OutcomeKind.OutOfMemory) with { Granted = MemorySize.Mebibytes(512) });

        Assert.Equal(MemorySize.Mebibytes(1024).Bytes, memory.Suggested);
    }

    [Fact]
    public void Time_is_30_percent_more_than_the_longest_in_whole_minutes()
    {
        Assert.Equal(2 * 60, Use(ResourceKind.Runtime, Job(10, seconds: 80), Job(10, seconds: 5)).Suggested);
        Assert.Equal(60, Use(ResourceKind.Runtime, Job(10, seconds: 0.2)).Suggested);
    }

    [Fact]
    public void Of_jobs_that_ask_for_nothing_nothing_is_suggested_until_their_memory_is_known()
    {
        var nothing = Medium with { Memory = default };

        Assert.All(RightSizing.Of(nothing, [Job(0, seconds: 3)]), use => Assert.Equal((null, null), (use.Suggested, use.Effect)));
        Assert.Equal([true, true, false], RightSizing.Of(nothing, [Job(10, seconds: 3)]).Select(use => use.Suggested is not null));
    }

    [Fact]
    public void A_job_that_took_too_long_asks_for_more_time()
    {
        var runtime = Use(ResourceKind.Runtime, Job(10, OutcomeKind.Timeout, seconds: 300));

        Assert.Equal(7 * 60, runtime.Suggested);
        Assert.Equal("1 of 1 job reached what was asked for", runtime.Effect);
    }

    [Theory]
    [InlineData(0.3, 1)]
    [InlineData(1.05, 1)]
    [InlineData(1.9, 2)]
    [InlineData(7.4, 8)]
    public void CPUs_are_as_many_as_were_busy(double busy, int suggested) => Assert.Equal(suggested, Use(ResourceKind.Cpus, Job(10) with { BusyCpus = busy }).Suggested);

    [Fact]
    public void What_is_right_needs_no_suggestion()
    {
        var memory = Use(ResourceKind.Memory, Job(400), Job(420), Job(410));

        Assert.Equal((null, null, false), (memory.Suggested, memory.Effect, memory.IsWeak));
    }

    [Fact]
    public void A_job_that_failed_by_itself_or_was_stopped_says_nothing() => Assert.Empty(RightSizing.Of(
        Medium,
        [Job(10) with { Outcome = new Outcome(OutcomeKind.Exit, 1) }, Job(10, OutcomeKind.Canceled), Job(10, OutcomeKind.NodeLost)]));

    [Fact]
    public void Nineteen_of_twenty_used_no_more_than_the_95th_percentile()
    {
        var memory = Use(ResourceKind.Memory, [.. Enumerable.Range(1, 20).Select(mebibytes => Job(mebibytes))]);

        Assert.Equal((10L << 20, 19L << 20, 20L << 20), ((long)memory.Median, (long)memory.Most95, (long)memory.Most));
    }

    private static ResourceUse Use(ResourceKind resource, params JobUse[] uses) => Assert.Single(RightSizing.Of(Medium, uses), use => use.Resource == resource);

    private static JobUse Job(int peakMebibytes, OutcomeKind outcome = OutcomeKind.Exit, double seconds = 100) => new(
        1,
        new Outcome(outcome, outcome == OutcomeKind.Exit ? 0 : null),
        Medium.Memory,
        MemorySize.Mebibytes(peakMebibytes),
        TimeSpan.FromSeconds(seconds),
        BusyCpus: 3.5);
}
