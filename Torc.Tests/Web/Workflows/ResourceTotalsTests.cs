using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Quantities;
using Torc.Tests.Support;
using Torc.Web.Workflows;
using Xunit;

namespace Torc.Tests.Web.Workflows;

public sealed class ResourceTotalsTests
{
    private static readonly JobUseView Well = FakeSuggestions.Job(0, "well", 300, 100, new Outcome(OutcomeKind.Exit, 0));

    [Fact]
    public void What_was_kept_and_not_used_is_wasted_and_so_is_all_that_failed()
    {
        var two = Well with { Needs = Well.Needs with { Cpus = 2 } };
        var failed = two with { Outcome = new Outcome(OutcomeKind.Exit, 1), Took = TimeSpan.FromSeconds(10), CpuTime = TimeSpan.FromSeconds(20) };

        var totals = ResourceTotals.Of([two, failed]);

        Assert.Equal((220, 110), (totals.Held.TotalSeconds, totals.Used.TotalSeconds));
        Assert.Equal((110, 20, 130), (totals.Idle.TotalSeconds, totals.Failed.TotalSeconds, totals.Wasted.TotalSeconds));
    }

    [Fact]
    public void A_job_that_used_more_than_it_asked_for_does_not_make_up_for_others()
    {
        var busy = Well with { CpuTime = TimeSpan.FromSeconds(400) };

        Assert.Equal(10, ResourceTotals.Of([Well, busy]).Idle.TotalSeconds);
    }

    [Fact]
    public void The_job_that_came_closest_to_its_memory_is_named_and_not_the_one_that_held_most()
    {
        var large = Well with { Name = "large", PeakMemory = MemorySize.Mebibytes(600), Needs = Well.Needs with { Memory = MemorySize.Mebibytes(2048) } };
        var unlimited = Well with { Name = "unlimited", PeakMemory = MemorySize.Mebibytes(900), Needs = Well.Needs with { Memory = default } };

        var totals = ResourceTotals.Of([large, Well, unlimited]);

        Assert.Equal(("well", MemorySize.Mebibytes(900)), (totals.Closest?.Name, totals.MostMemory));
    }

    [Fact]
    public void What_nobody_saw_counts_for_nothing()
    {
        var unseen = Well with { CpuTime = null, PeakMemory = null, Needs = Well.Needs with { Gpus = 2 } };

        var totals = ResourceTotals.Of([unseen, unseen with { Took = null, GpuPercent = 50 }]);

        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero, null, null, true), (totals.Held, totals.GpuHeld, totals.Closest, totals.MostMemory, totals.AsksForGpus));
    }

    [Fact]
    public void Gpus_are_as_busy_as_all_of_them_were_over_their_time()
    {
        var totals = ResourceTotals.Of([Well with { Needs = Well.Needs with { Gpus = 2 }, GpuPercent = 150 }]);

        Assert.Equal((200, 150), (totals.GpuHeld.TotalSeconds, totals.GpuUsed.TotalSeconds));
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(41, "0.0114")]
    [InlineData(3_600, "1")]
    [InlineData(45_000, "12.5")]
    [InlineData(4_500_000, "1,250")]
    [InlineData(1, "0.000278")]
    public void Core_hours_have_three_digits(double seconds, string expected) => Assert.Equal(expected, ResourceWords.CoreHours(TimeSpan.FromSeconds(seconds)));
}
