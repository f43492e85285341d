using System.Text;
using BenchmarkDotNet.Attributes;
using Torc.Benchmarks.Peers;
using Torc.Shared.Graphs;
using Torc.Shared.Graphs.Layout;
using Torc.Shared.Jobs;
using Torc.Shared.Placement;
using Torc.Shared.Quantities;
using Torc.Shared.Reruns;
using Torc.Shared.Specs;
using Torc.Shared.Workflows;

namespace Torc.Benchmarks.Core;

/// <summary>The pure parts that everything goes through, each with all of its work at one size.</summary>
[MemoryDiagnoser]
public class CoreBenchmarks
{
    private const int Width = 100;

    private byte[] _spec = [];
    private (int Blocker, int Job)[] _edges = [];
    private ReadyJob[] _jobs = [];
    private LayoutNode[] _nodes = [];
    private RerunQuestion? _question;

    /// <summary>Jobs in layers of a hundred; each waits for two of the layer above.</summary>
    [Params(1_000, 10_000)]
    public int Jobs { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        var workload = Workload.Layers(Jobs / Width, Width);
        _spec = Encoding.UTF8.GetBytes(Workload.Independent(Jobs).ShortSpec!);
        var definition = SpecReader.Read(TorcSpec.Of(workload), "spec.json").Definition!;
        _edges = [.. Enumerable.Range(0, Jobs).SelectMany(job => definition.BlockersOf(job).Select(blocker => (blocker, job)))];
        _jobs = [.. Enumerable.Range(0, Jobs).Select(job => new ReadyJob(new JobId(job + 1), Needs(job), Priority: 0, definition.Graph.RemainingDepth[job]))];
        _nodes = [.. Enumerable.Repeat(new LayoutNode(160, 40), Math.Min(Jobs, 1_000))];
        _question = Question(definition);
    }

    [Benchmark(Description = "expansion of one entry into jobs, with all checks")]
    public object Expand() => SpecReader.Read(_spec, "spec.yaml");

    [Benchmark(Description = "graph of jobs and what they wait for")]
    public object? Graph() => WorkflowGraph.TryBuild(Jobs, _edges);

    [Benchmark(Description = "ready queue: all jobs in, all jobs out")]
    public int Queue()
    {
        var queue = Filled();
        foreach (var job in _jobs)
        {
            queue.Remove(job);
        }

        return queue.Count;
    }

    [Benchmark(Description = "packer: all jobs onto nodes of 16 CPUs, one node after the other")]
    public int Pack()
    {
        var queue = Filled();
        int nodes = 0;
        for (var capacity = new NodeCapacity(16, MemorySize.Gibibytes(64), Gpus: 0); queue.Count > 0; nodes++)
        {
            Packer.Choose(queue, new NodeRoom(new NodeId(nodes + 1), "node", capacity, capacity, []), new NodeHolds(), now: default);
        }

        return nodes;
    }

    [Benchmark(Description = "planner: nothing has changed")]
    public object Plan() => RerunPlanner.Plan(_question!);

    [Benchmark(Description = "layout, at most 1,000 of the jobs")]
    public object Layout() => LayeredLayout.Arrange(_nodes, [.. _edges.Where(edge => edge.Job < _nodes.Length)], new LayoutSpacing(Columns: 40, Rows: 10));

    private ReadyQueue Filled()
    {
        var queue = new ReadyQueue();
        foreach (var job in _jobs)
        {
            queue.Add(job);
        }

        return queue;
    }

    private static ResourceRequirements Needs(int job) => new(1 + (job % 4), MemorySize.Gibibytes(1), Gpus: 0, Nodes: 1, TimeSpan.FromMinutes(1 + (job % 8)));

    private static RerunQuestion Question(WorkflowDefinition definition)
    {
        var identity = new FileIdentity(1, 1, 1, 1, 1);
        var data = new Dictionary<string, string?>();
        return new RerunQuestion(
            definition,
            [.. definition.Jobs.Select((_, job) => new JobState(new JobId(job + 1), JobStatus.Completed, Attempt: 1, Outcome: new Outcome(OutcomeKind.Exit, 0)))],
            [
                .. definition.Jobs.Select((it, job) => new JobResult(
                    new AttemptId(new JobId(job + 1), 1),
                    RerunPlanner.FingerprintOf(definition, job, blocker => new JobId(blocker + 1), "/work", data),
                    [.. it.InputFiles.Select(Recorded)],
                    [.. it.OutputFiles.Select(Recorded)])),
            ],
            definition.Files.ToDictionary(file => file.Path, file => new FileFact(file.Path, FileState.Present, identity, "xxh128:0")),
            data,
            "/work",
            RerunScope.Changed,
            new HashSet<int>(),
            EarlyCutoff: false);

        RecordedFile Recorded(int file) => new(definition.Files[file].Path, FileState.Present, identity, "xxh128:0");
    }
}
