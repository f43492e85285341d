using Torc.Shared.Jobs;
using Torc.Shared.Placement;
using Torc.Shared.Quantities;
using Xunit;

namespace Torc.Tests.Placement;

public sealed class WaitReasonTests
{
    private static readonly TimeSpan Now = TimeSpan.FromHours(10);
    private static readonly NodeRoom Small = Room(1, "n1", new NodeCapacity(2, MemorySize.Gibibytes(4), 0));
    private static readonly NodeRoom Large = Room(2, "n2", new NodeCapacity(8, MemorySize.Gibibytes(64), 0));
    private static readonly NodeRoom Gpu = Room(3, "g1", new NodeCapacity(4, MemorySize.Gibibytes(16), 2));

    [Theory]
    [InlineData(1, 1, 1, "Needs 1 GPU; no connected node has one (2 nodes checked).")]
    [InlineData(1, 1, 2, "Needs 2 GPUs; no connected node has any (2 nodes checked).")]
    [InlineData(1, 512, 0, "Needs 512 GiB; the largest connected node, n2, has 64 GiB (2 nodes checked).")]
    [InlineData(18, 1, 0, "Needs 18 CPUs; the largest connected node, n2, has 8 (2 nodes checked).")]
    public void A_job_that_fits_nowhere_says_what_is_missing_and_who_comes_nearest(int cpus, int gibibytes, int gpus, string expected) =>
        Assert.Equal(expected, Why(Needs(cpus, gibibytes, gpus), Small, Large));

    [Fact]
    public void What_no_node_has_at_once_is_told_of_the_node_that_lacks_least() =>
        Assert.Equal(
            "No connected node has all that it needs at once (3 nodes checked); the nearest, g1, has 16 GiB of 32 GiB.",
            Why(Needs(4, 32, gpus: 1), Small, Large, Gpu));

    [Fact]
    public void A_label_that_no_node_has_is_named()
    {
        var bigmem = Large with { Capacity = Large.Capacity with { Labels = ["bigmem"] } };

        Assert.Equal("Needs a node with label ssd; no connected node has it (2 nodes checked).", Why(Needs(1, 1) with { Label = "ssd" }, Small, bigmem));
        Assert.Equal(
            "Needs 18 CPUs; the largest connected node, n2, has 8 (1 of 2 nodes checked: the others are not for it by label or scheduler).",
            Why(Needs(18, 1) with { Label = "bigmem" }, Small, bigmem));
    }

    [Fact]
    public void A_job_of_one_scheduler_does_not_run_on_nodes_of_another()
    {
        var other = Small with { Capacity = Small.Capacity with { Scheduler = "long" } };

        Assert.Equal("Needs a node of scheduler short; every connected node is part of another one's allocation (1 node checked).", Why(Needs(1, 1) with { Scheduler = "short" }, other));
    }

    [Fact]
    public void A_job_that_would_outlive_every_node_says_how_long_the_last_one_stays()
    {
        var ending = Small with { Capacity = Small.Capacity with { TimeLeft = TimeSpan.FromMinutes(40) } };

        Assert.Equal("May run 1 h; the connected node that stays longest, n1, has 40 min left (1 node checked).", Why(Needs(1, 1), ending));
    }

    [Fact]
    public void A_job_that_would_fit_says_what_is_in_use_and_how_many_go_before_it()
    {
        var busy = Small with { Free = Small.Free with { Cpus = 1 } };

        Assert.Equal("Waits for 2 CPUs; 1 of 2 on n1 are in use.", Why(Needs(2, 1), busy));
        Assert.Equal("Waits for 2 CPUs; 1 of 2 on n1 are in use; 1 job goes before it.", Why(Needs(2, 1), before: 1, busy));
        Assert.Equal("Waits for 2 CPUs; 1 of 2 on n1 are in use; 12 jobs go before it.", Why(Needs(2, 1), before: 12, busy));
        Assert.Equal("Waits for 2 CPUs; 1 of 2 on n1 are in use; 1,000 jobs or more go before it.", Why(Needs(2, 1), before: WaitReason.MostCounted, busy));
    }

    [Fact]
    public void Of_several_nodes_the_one_that_lacks_least_is_named()
    {
        var noMemory = Large with { Free = Large.Free with { Memory = MemorySize.Gibibytes(1) } };
        var nothing = Gpu with { Free = new NodeCapacity(0, new MemorySize(0), 0) };

        Assert.Equal("Waits for 2 GiB of memory; 63 GiB of 64 GiB on n2 are in use, the nearest of 2 nodes that are large enough.", Why(Needs(2, 2), nothing, noMemory));
    }

    [Fact]
    public void On_a_node_that_goes_by_count_jobs_wait_for_their_turn()
    {
        var counted = new NodeCapacity(1, new MemorySize(0), 0, MaxParallelJobs: 3);

        Assert.Equal("Is about to start on n1.", Why(Needs(64, 512, 8), Room(1, "n1", counted)));
        Assert.Equal("Waits for its turn; 3 of at most 3 jobs are running on n1.", Why(Needs(1, 1), Room(1, "n1", counted) with { Free = counted with { MaxParallelJobs = 0 } }));
    }

    [Fact]
    public void A_node_that_is_held_for_another_job_is_told_with_that_job()
    {
        var big = new ReadyJob(new JobId(7), Needs(2, 1), 0, 1, ReadySince: Now - TimeSpan.FromMinutes(10));
        var hold = new NodeHold(big, big.ReadySince, Now + TimeSpan.FromMinutes(5), new NodeCapacity(0, MemorySize.Gibibytes(3), 0));
        var room = Small with { Free = Small.Free with { Cpus = 1 } };

        Assert.Equal("n1 has room, and is held for job big, which has waited 10 min and needs more.", Why(Job(Needs(1, 1)), before: 0, (room, hold)));
        Assert.Equal("n1 is held for it, as it has waited 10 min; it starts there in 5 min at the latest.", Why(big, before: 0, (room, hold)));
        Assert.Equal("n1 is held for big, which needs the same and goes before it; 1 job goes before it.", Why(Job(Needs(2, 1)), before: 1, (room, hold)));
    }

    [Fact]
    public void Without_a_node_nothing_runs() => Assert.Equal("Ready, but no node is connected.", Why(Needs(1, 1)));

    [Fact]
    public void A_blocked_job_names_the_first_blockers_and_counts_the_rest()
    {
        Assert.Equal("Waits for work2.", WaitReason.ForBlockers(["work2"]));
        Assert.Equal("Waits for a, b, c and 2 more.", WaitReason.ForBlockers(["a", "b", "c", "d", "e"]));
    }

    [Theory]
    [InlineData(JobStatus.Uninitialized)]
    [InlineData(JobStatus.Blocked)]
    [InlineData(JobStatus.Canceled)]
    [InlineData(JobStatus.Disabled)]
    public void A_status_that_needs_words_has_some(JobStatus status) => Assert.NotNull(WaitReason.ForStatus(status));

    private static string Why(ResourceRequirements needs, params NodeRoom[] nodes) => Why(needs, before: 0, nodes);

    private static string Why(ResourceRequirements needs, int before, params NodeRoom[] nodes) => Why(Job(needs), before, [.. nodes.Select(node => (node, (NodeHold?)null))]);

    private static string Why(ReadyJob job, int before, params (NodeRoom, NodeHold?)[] nodes) => WaitReason.ForRoom(job, nodes, before, _ => "big", Now);

    private static ReadyJob Job(ResourceRequirements needs) => new(new JobId(1), needs, 0, 1, ReadySince: Now);

    private static NodeRoom Room(long id, string name, NodeCapacity capacity) => new(new NodeId(id), name, capacity, capacity, []);

    private static ResourceRequirements Needs(int cpus, int gibibytes, int gpus = 0) => new(cpus, MemorySize.Gibibytes(gibibytes), gpus, 1, TimeSpan.FromHours(1));
}
