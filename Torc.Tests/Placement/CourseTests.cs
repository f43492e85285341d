using System.Globalization;
using CsCheck;
using Torc.Shared.Jobs;
using Torc.Shared.Placement;
using Torc.Shared.Quantities;
using Xunit;

namespace Torc.Tests.Placement;

/// <summary>What comes of many decisions one after the other.</summary>
public sealed class CourseTests(ITestOutputHelper output)
{
    private const int Instances = 2_000;

    private static readonly Gen<NodeCapacity> Nodes = Gen.Select(
        Gen.Int[1, 6], Gen.Int[1, 8], Gen.Int[0, 2], Gen.Frequency((3, Gen.Const(-1)), (1, Gen.Int[5, 60])), Gen.Frequency((4, Gen.Const(-1)), (1, Gen.Int[1, 3])), Gen.Int[0, 2], Gen.Bool,
        (cpus, gibibytes, gpus, minutes, most, scheduler, isLarge) => new NodeCapacity(
            cpus,
            MemorySize.Gibibytes(gibibytes),
            gpus,
            minutes < 0 ? null : TimeSpan.FromMinutes(minutes),
            most < 0 ? null : most,
            scheduler == 0 ? null : $"s{scheduler}",
            isLarge ? ["large"] : null));

    private static readonly Gen<(ResourceRequirements Needs, int Length, int Priority, int Depth, SortMethod Method, int Arrival)> Jobs = Gen.Select(
        Gen.Select(Gen.Int[1, 4], Gen.Int[0, 6], Gen.Frequency((3, Gen.Const(0)), (1, Gen.Int[1, 2])), Gen.Int[1, 12], Gen.Frequency((4, Gen.Const(0)), (1, Gen.Int[1, 3]))),
        Gen.Select(Gen.Int[1, 12], Gen.Int[-1, 1], Gen.Int[1, 3], Gen.Int[0, 2], Gen.Frequency((2, Gen.Const(0)), (1, Gen.Int[0, 30]))),
        (needs, rest) => (
            new ResourceRequirements(
                needs.Item1, MemorySize.Gibibytes(needs.Item2), needs.Item3, 1, TimeSpan.FromMinutes(needs.Item4),
                needs.Item5 == 1 ? "large" : null, needs.Item5 is 2 or 3 ? $"s{needs.Item5 - 1}" : null),
            Math.Min(rest.Item1, needs.Item4),
            rest.Item2,
            rest.Item3,
            (SortMethod)rest.Item4,
            rest.Item5));

    [Fact]
    public void Nothing_is_ever_over_capacity_nothing_idles_for_no_reason_and_all_that_fits_an_idle_node_runs() =>
        Gen.Select(Nodes.Array[1, 3], Jobs.Array[0, 8]).Sample(
            (nodes, specs) =>
            {
                var jobs = Drawn(specs);

                var course = new Course(nodes, jobs).Run();

                // A node with an end may be gone before it is a job's turn.
                var lasting = nodes.Where(node => node.TimeLeft is null).ToList();
                Assert.All(jobs.Where(job => lasting.Exists(node => node.Fits(job.Job.Needs))), job => Assert.Contains(job.Job.Id, course.StartedAt));
            },
            iter: 20_000);

    [Fact]
    public void Against_the_best_that_can_be_the_jobs_take_little_longer()
    {
        var gaps = new List<double>();
        Gen.Select(Nodes.Array[1, 3], Jobs.Array[1, 7]).Sample(
            (drawnNodes, specs) =>
            {
                NodeCapacity[] nodes = [.. drawnNodes.Select(node => node with { TimeLeft = null })];
                CourseJob[] jobs =
                [
                    .. Drawn(specs).Where(job => nodes.Any(node => node.Fits(job.Job.Needs)))
                        .Select(job => new CourseJob(job.Job with { ReadySince = TimeSpan.Zero, Priority = 0, SortMethod = SortMethod.GpusRuntimeMemory, Needs = job.Job.Needs with { Runtime = job.Length } }, job.Length)),
                ];
                if (jobs.Length > 0)
                {
                    var taken = new Course(nodes, jobs).Run().EndsAt;
                    lock (gaps)
                    {
                        gaps.Add(taken / Optimum.Of(nodes, jobs, taken));
                    }
                }
            },
            iter: Instances,
            threads: 1);

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"gap to the optimum over {gaps.Count} instances: mean {gaps.Average():0.000}, worst {gaps.Max():0.00}, optimal {gaps.Count(gap => gap < 1.0001) / (double)gaps.Count:0.0%}"));
        Assert.InRange(gaps.Average(), 1.0, 1.10);
        Assert.InRange(gaps.Max(), 1.0, 2.5);
    }

    [Fact]
    public void Two_hundred_jobs_of_mixed_sizes_take_no_more_than_a_hair_longer_than_their_area()
    {
        var ratios = Enumerable.Range(1, 40).Select(seed => MakespanOverArea(new Random(seed))).ToList();

        var without = Enumerable.Range(1, 40).Select(seed => MakespanOverArea(new Random(seed), holdsNodes: false)).ToList();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"makespan over area: mean {ratios.Average():0.0000}, worst {ratios.Max():0.0000}; if no node were held {without.Average():0.0000}, {without.Max():0.0000}"));
        Assert.InRange(ratios.Average(), 1.0, 1.015);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_large_job_behind_a_stream_of_small_ones_starts_only_if_nodes_are_held(bool holdsNodes)
    {
        // 4 CPUs, and each minute a job that takes one of them for 5 minutes: there is never room for two, and the queue grows.
        var stream = Enumerable.Range(0, 600).Select(minute => Job(minute + 1, cpus: 1, minutes: 5, at: minute));
        var large = Job(1_000, cpus: 4, minutes: 2, at: 10);

        var course = new Course([new NodeCapacity(4, MemorySize.Gibibytes(8), 0)], [.. stream, large], holdsNodes).Run(until: TimeSpan.FromMinutes(600));

        if (holdsNodes)
        {
            // It waits for as long as it runs, for those few that were there before it, and for what runs.
            Assert.InRange(course.StartedAt[large.Job.Id], TimeSpan.FromMinutes(12), TimeSpan.FromMinutes(25));
        }
        else
        {
            Assert.DoesNotContain(large.Job.Id, course.StartedAt);
        }
    }

    private static double MakespanOverArea(Random random, bool holdsNodes = true)
    {
        const int cpus = 16;
        var jobs = Enumerable.Range(1, 200).Select(id => Job(id, random.Next(1, 5), minutes: random.Next(1, 21), at: 0)).ToList();

        var course = new Course([new NodeCapacity(cpus, MemorySize.Gibibytes(8), 0)], jobs, holdsNodes).Run();

        return course.EndsAt / (jobs.Aggregate(TimeSpan.Zero, (area, job) => area + (job.Length * job.Job.Needs.Cpus)) / cpus);
    }

    private static CourseJob[] Drawn((ResourceRequirements Needs, int Length, int Priority, int Depth, SortMethod Method, int Arrival)[] specs) =>
        [.. specs.Select((spec, index) => new CourseJob(new ReadyJob(new JobId(index + 1), spec.Needs, spec.Priority, spec.Depth, spec.Method, TimeSpan.FromMinutes(spec.Arrival)), TimeSpan.FromMinutes(spec.Length)))];

    private static CourseJob Job(long id, int cpus, int minutes, int at) => new(
        new ReadyJob(new JobId(id), new ResourceRequirements(cpus, new MemorySize(0), 0, 1, TimeSpan.FromMinutes(minutes)), 0, 1, SortMethod.GpusRuntimeMemory, TimeSpan.FromMinutes(at)),
        TimeSpan.FromMinutes(minutes));
}
