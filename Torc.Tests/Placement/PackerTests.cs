using CsCheck;
using Torc.Shared.Jobs;
using Torc.Shared.Placement;
using Torc.Shared.Quantities;
using Xunit;

namespace Torc.Tests.Placement;

public sealed class PackerTests
{
    private static readonly NodeCapacity Node = new(Cpus: 8, MemorySize.Gibibytes(16), Gpus: 1, TimeLeft: TimeSpan.FromHours(2));

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

    [Fact]
    public void What_was_chosen_has_left_the_queue_and_the_rest_is_still_there()
    {
        var queue = Queue(Job(1, cpus: 8), Job(2, cpus: 8));

        Packer.Choose(queue, Node);

        Assert.Equal(1, queue.Count);
        Assert.Equal([2], Packer.Choose(queue, Node).Select(job => job.Id.Value));
        Assert.Equal(0, queue.Count);
    }

    [Fact]
    public void Together_the_chosen_always_fit_and_nothing_that_still_fits_is_left() =>
        Gen.Select(Gen.Int[1, 9], Gen.Int[0, 17], Gen.Int[0, 3], Gen.Int[-1, 1]).Array[0, 30].Sample(specs =>
        {
            ReadyJob[] jobs = [.. specs.Select((spec, index) => Job(index, spec.Item1, spec.Item2, spec.Item3, priority: spec.Item4))];
            var queue = Queue(jobs);

            var chosen = Packer.Choose(queue, Node);

            var left = chosen.Aggregate(Node, (free, job) => free.Less(job.Needs));
            Assert.True(left.Cpus >= 0 && left.Memory.Bytes >= 0 && left.Gpus >= 0);
            Assert.DoesNotContain(jobs.Except(chosen), job => left.Fits(job.Needs));
            Assert.Equal(jobs.Length, chosen.Count + queue.Count);
        });

    private static IEnumerable<long> Choose(params ReadyJob[] jobs) => Packer.Choose(Queue(jobs), Node).Select(job => job.Id.Value);

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
