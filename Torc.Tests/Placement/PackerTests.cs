using CsCheck;
using Torc.Shared.Jobs;
using Torc.Shared.Placement;
using Torc.Shared.Quantities;
using Xunit;

namespace Torc.Tests.Placement;

public sealed class PackerTests
{
    private static readonly NodeCapacity Node = new(Cpus: 8, MemorySize.Gibibytes(16), Gpus: 1, TimeLeft: TimeSpan.FromHours(2));
    private static readonly NodeRoom Room = new(new NodeId(1), "n1", Node, Node, []);

    [Fact]
    public void Small_jobs_fill_the_room_that_a_large_one_leaves() =>
        Assert.Equal([1, 3], Choose(Job(1, cpus: 6), Job(2, cpus: 4), Job(3, cpus: 2)));

    [Fact]
    public void A_large_job_at_the_head_does_not_hide_small_ones_that_fit() =>
        Assert.Equal([2], Choose(Job(1, cpus: 9), Job(2, cpus: 1)));

    [Fact]
    public void Memory_counts_as_cpus_do() =>
        Assert.Equal([1], Choose(Job(1, cpus: 1, gibibytes: 10), Job(2, cpus: 1, gibibytes: 10)));

    [Fact]
    public void A_job_that_would_outlive_the_allocation_is_left_for_another_node() => Assert.Empty(Choose(Job(1, cpus: 1, hours: 3)));

    [Fact]
    public void A_job_that_needs_several_nodes_is_not_put_on_one() =>
        Assert.Empty(Choose(Job(1, cpus: 1) with { Needs = new ResourceRequirements(1, new MemorySize(0), 0, Nodes: 2, TimeSpan.FromHours(1)) }));

    [Fact]
    public void Priority_goes_before_size_and_the_longest_remaining_path_before_the_order_of_submission() =>
        Assert.Equal([4, 2, 3, 1], Choose(Job(1, cpus: 1), Job(2, cpus: 1, depth: 3), Job(3, cpus: 1, depth: 2), Job(4, cpus: 1, priority: 1)));

    [Theory]
    [InlineData(SortMethod.GpusRuntimeMemory, "2 1 3")]
    [InlineData(SortMethod.GpusMemoryRuntime, "1 2 3")]
    [InlineData(SortMethod.None, "3 1 2")]
    public void The_sort_method_says_what_counts_before_the_longest_remaining_path(SortMethod method, string order) =>
        Assert.Equal(order, string.Join(' ', Choose(
            Job(1, cpus: 1, gibibytes: 2, hours: 1) with { SortMethod = method },
            Job(2, cpus: 1, gibibytes: 1, hours: 2) with { SortMethod = method },
            Job(3, cpus: 1, gibibytes: 1, hours: 1, depth: 5) with { SortMethod = method })));

    [Fact]
    public void Jobs_of_all_methods_have_one_order_that_goes_round_in_no_circle() =>
        Gen.Select(Gen.Int[0, 1], Gen.Int[0, 2], Gen.Int[1, 3], Gen.Int[0, 2], Gen.Select(Gen.Int[1, 3], Gen.Int[1, 2])).Array[3].Sample(specs =>
        {
            ReadyJob[] jobs = [.. specs.Select((spec, index) => new ReadyJob(
                new JobId(index), new ResourceRequirements(spec.Item5.Item2, MemorySize.Gibibytes(spec.Item3), spec.Item1, 1, TimeSpan.FromHours(spec.Item5.Item1)), 0, spec.Item5.Item2, (SortMethod)spec.Item2))];

            // What goes first of three goes first of any two of them.
            long first = First(jobs);
            Assert.All(jobs, other => Assert.Equal(first, First(jobs.Where(job => job.Id.Value == first || job == other))));
        });

    [Theory]
    [InlineData(null, null, true)]
    [InlineData("bigmem", null, true)]
    [InlineData("ssd", null, false)]
    [InlineData(null, "short", true)]
    [InlineData(null, "long", false)]
    public void Label_and_scheduler_of_a_job_are_those_of_its_node(string? label, string? scheduler, bool fits) =>
        Assert.Equal(fits, (Node with { Labels = ["ssd2", "bigmem"], Scheduler = "short" }).Fits(Job(1, cpus: 1).Needs with { Label = label, Scheduler = scheduler }));

    [Fact]
    public void A_workstation_runs_jobs_of_every_scheduler() => Assert.True(Node.Fits(Job(1, cpus: 1).Needs with { Scheduler = "long" }));

    [Fact]
    public void By_count_alone_so_many_run_as_are_allowed_whatever_they_ask_for()
    {
        var counted = new NodeCapacity(1, new MemorySize(0), 0, MaxParallelJobs: 2);
        var room = new NodeRoom(new NodeId(1), "n1", counted, counted, []);

        Assert.Equal([1, 2], Packer.Choose(Queue(Job(1, cpus: 64), Job(2, cpus: 32), Job(3, cpus: 1)), room, new NodeHolds(), now: default).Select(job => job.Id.Value));
    }

    [Fact]
    public void What_was_chosen_has_left_the_queue_and_the_rest_is_still_there()
    {
        var queue = Queue(Job(1, cpus: 8), Job(2, cpus: 8));

        Packer.Choose(queue, Room, new NodeHolds(), now: default);

        Assert.Equal(1, queue.Count);
        Assert.Equal([2], Packer.Choose(queue, Room, new NodeHolds(), now: default).Select(job => job.Id.Value));
        Assert.Equal(0, queue.Count);
    }

    [Fact]
    public void Together_the_chosen_always_fit_and_nothing_that_still_fits_is_left() =>
        Gen.Select(Gen.Int[1, 9], Gen.Int[0, 17], Gen.Int[0, 3], Gen.Int[-1, 1]).Array[0, 30].Sample(specs =>
        {
            ReadyJob[] jobs = [.. specs.Select((spec, index) => Job(index, spec.Item1, spec.Item2, spec.Item3, priority: spec.Item4))];
            var queue = Queue(jobs);

            var chosen = Packer.Choose(queue, Room, new NodeHolds(), now: default);

            var left = chosen.Aggregate(Node, (free, job) => free.Less(job.Needs));
            Assert.True(left.Cpus >= 0 && left.Memory.Bytes >= 0 && left.Gpus >= 0);
            Assert.DoesNotContain(jobs.Except(chosen), job => left.Fits(job.Needs));
            Assert.Equal(jobs.Length, chosen.Count + queue.Count);
        });

    private static IEnumerable<long> Choose(params ReadyJob[] jobs) => Packer.Choose(Queue(jobs), Room, new NodeHolds(), now: default).Select(job => job.Id.Value);

    private static long First(IEnumerable<ReadyJob> jobs) => Packer.Next(Queue([.. jobs]), Node with { Gpus = 9, TimeLeft = null }, hold: null, now: default)!.Id.Value;

    private static ReadyQueue Queue(params ReadyJob[] jobs)
    {
        var queue = new ReadyQueue();
        foreach (var job in jobs)
        {
            queue.Add(job);
        }

        return queue;
    }

    private static ReadyJob Job(long id, int cpus, int gibibytes = 1, int hours = 1, int priority = 0, int depth = 1) =>
        new(new JobId(id), new ResourceRequirements(cpus, MemorySize.Gibibytes(gibibytes), Gpus: 0, Nodes: 1, TimeSpan.FromHours(hours)), priority, depth);
}
