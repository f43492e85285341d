using Torc.Shared.Placement;
using Torc.Shared.Quantities;
using Xunit;

namespace Torc.Tests.Placement;

public sealed class WaitReasonTests
{
    private static readonly NodeRoom Small = Room("n1", cpus: 2, gibibytes: 4);
    private static readonly NodeRoom Large = Room("n2", cpus: 8, gibibytes: 64);

    [Theory]
    [InlineData(1, 1, 1, "Needs 1 GPU; no connected node has one (2 nodes checked).")]
    [InlineData(1, 512, 0, "Needs 512 GiB; the largest connected node has 64 GiB (2 nodes checked).")]
    [InlineData(18, 1, 0, "Needs 18 CPUs; the largest connected node has 8 (2 nodes checked).")]
    public void A_job_that_fits_nowhere_says_what_is_missing(int cpus, int gibibytes, int gpus, string expected) =>
        Assert.Equal(expected, WaitReason.ForRoom(Needs(cpus, gibibytes, gpus), [Small, Large]));

    [Fact]
    public void A_job_that_would_fit_says_what_it_waits_for_and_how_much_of_it_is_free()
    {
        var busy = Small with { Free = Small.Free with { Cpus = 1 } };

        Assert.Equal("Waits for 2 free CPUs on n1 (1 of 2 free).", WaitReason.ForRoom(Needs(2, 1), [busy]));
    }

    [Fact]
    public void Without_a_node_nothing_runs() => Assert.Equal("Ready, but no node is connected.", WaitReason.ForRoom(Needs(1, 1), []));

    [Fact]
    public void A_blocked_job_names_the_first_blockers_and_counts_the_rest()
    {
        Assert.Equal("Waits for work2.", WaitReason.ForBlockers(["work2"]));
        Assert.Equal("Waits for a, b, c and 2 more.", WaitReason.ForBlockers(["a", "b", "c", "d", "e"]));
    }

    private static NodeRoom Room(string name, int cpus, int gibibytes)
    {
        var capacity = new NodeCapacity(cpus, MemorySize.Gibibytes(gibibytes), 0);
        return new NodeRoom(name, capacity, capacity);
    }

    private static ResourceRequirements Needs(int cpus, int gibibytes, int gpus = 0) => new(cpus, MemorySize.Gibibytes(gibibytes), gpus, 1, TimeSpan.FromHours(1));
}
