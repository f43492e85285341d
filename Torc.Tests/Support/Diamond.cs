using Torc.Shared.Graphs;
using Torc.Shared.Placement;
using Torc.Shared.Quantities;
using Torc.Shared.Workflows;

namespace Torc.Tests.Support;

/// <summary>The example workflow: preprocess, then work1 and work2 side by side, then postprocess; and larger ones like it.</summary>
internal static class Diamond
{
    private static readonly ResourceRequirements Small = new(1, MemorySize.Mebibytes(256), 0, 1, TimeSpan.FromMinutes(2));
    private static readonly ResourceRequirements Medium = new(1, MemorySize.Mebibytes(512), 0, 1, TimeSpan.FromMinutes(5));

    public static WorkflowDefinition Definition { get; } = Workflow(
        "diamond",
        [
            Job("preprocess", "sh preprocess.sh inputs.json f1.json f2.json", Small, "small", [0], [1, 2]),
            Job("work1", "sh work.sh f1.json f3.json 150 20", Medium, "medium", [1], [3]),
            Job("work2", "sh work.sh f2.json f4.json 300 20", Medium, "medium", [2], [4]),
            Job("postprocess", "sh postprocess.sh f3.json f4.json f5.json", Small, "small", [3, 4], [5], outputData: [0]),
        ],
        [File("inputs", "inputs.json"), File("f1"), File("f2"), File("f3"), File("f4"), File("f5")],
        [(0, 1), (0, 2), (1, 3), (2, 3)],
        [new UserDataDefinition("summary", null, IsEphemeral: false)]);

    /// <summary>One job, then <paramref name="width"/> side by side, then one; a file between each two.</summary>
    public static WorkflowDefinition Wide(int width)
    {
        JobDefinition[] jobs =
        [
            Job("prepare", "true", Small, null, [], [.. Enumerable.Range(0, width)]),
            .. Enumerable.Range(0, width).Select(index => Job($"work{index}", "true", Small, null, [index], [width + index])),
            Job("gather", "true", Small, null, [.. Enumerable.Range(width, width)], []),
        ];
        var edges = Enumerable.Range(1, width).SelectMany(job => new[] { (0, job), (job, width + 1) });
        return Workflow($"wide {width}", jobs, [.. Enumerable.Range(0, 2 * width).Select(index => File($"f{index}"))], [.. edges], []);
    }

    public static WorkflowDefinition Workflow(
        string name,
        IReadOnlyList<JobDefinition> jobs,
        IReadOnlyList<FileDefinition> files,
        IReadOnlyList<(int Blocker, int Job)> edges,
        IReadOnlyList<UserDataDefinition> userData) => new(
            name,
            "examples",
            "jdoe",
            "Example: preprocess, then work1 and work2, then postprocess. About 30 seconds.",
            MonitorDefinition.Default,
            jobs,
            files,
            userData,
            WorkflowGraph.TryBuild(jobs.Count, edges)!);

    public static JobDefinition Job(
        string name,
        string command,
        ResourceRequirements needs,
        string? requirements,
        IReadOnlyList<int> inputs,
        IReadOnlyList<int> outputs,
        IReadOnlyList<int>? outputData = null) =>
        new(name, command, null, needs, requirements, 0, true, new Dictionary<string, string>(), inputs, outputs, [], outputData ?? []);

    public static FileDefinition File(string name, string? path = null) => new(name, path ?? $"{name}.json");
}
