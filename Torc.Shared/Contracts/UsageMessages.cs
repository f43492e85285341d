using System.Text.Json.Serialization;
using Torc.Shared.Jobs;
using Torc.Shared.Metrics;
using Torc.Shared.Placement;
using Torc.Shared.Quantities;

namespace Torc.Shared.Contracts;

/// <summary>One point of a time series, or several that lie next to each other: then the levels are means.</summary>
/// <param name="At">When the first of them was taken.</param>
/// <param name="Lowest">Of several points; null for one, as is the next.</param>
public sealed record SampleView(
    DateTimeOffset At,
    double CpuPercent,
    MemorySize Memory,
    int Processes,
    long ReadRate,
    long WriteRate,
    double? GpuPercent = null,
    MemorySize? GpuMemory = null,
    UsageLevels? Lowest = null,
    UsageLevels? Highest = null)
{
    public static SampleView Of(UsageStretch stretch) => Of(stretch.At, stretch.Mean) with
    {
        Lowest = stretch.Points == 1 ? null : stretch.Lowest,
        Highest = stretch.Points == 1 ? null : stretch.Highest,
    };

    public static SampleView Of(UsagePoint point) => Of(point.At, point.Levels);

    private static SampleView Of(DateTimeOffset at, UsageLevels levels) => new(
        at, Math.Round(levels.CpuPercent, 1), levels.Memory, levels.Processes, levels.ReadRate, levels.WriteRate, levels.GpuPercent is { } gpu ? Math.Round(gpu, 1) : null, levels.GpuMemory);
}

/// <summary>What the jobs of one requirement class asked for and used of one resource.</summary>
/// <param name="Class">The name of the class; null for jobs that name none.</param>
/// <param name="Requested">Bytes of memory, seconds of runtime, or CPUs; so are the next three, and what is suggested.</param>
/// <param name="Median">Half of the jobs used no more.</param>
/// <param name="P95">19 of 20 jobs used no more.</param>
/// <param name="Jobs">How many were measured.</param>
/// <param name="Runs">In how many runs of the workflow.</param>
/// <param name="Suggested">Null if what they ask for is right.</param>
/// <param name="IsWeak">Whether the suggestion stands on fewer than three jobs.</param>
/// <param name="Effect">What the suggestion would bring, in words; null without one.</param>
public sealed record ResourceUseView(
    string? Class,
    ResourceRequirements Needs,
    ResourceKind Resource,
    double Requested,
    double Median,
    double P95,
    double Max,
    int Jobs,
    int Runs,
    double? Suggested,
    bool IsWeak,
    string? Effect);

/// <summary>What one job asked for and what its newest attempt used, once that has ended.</summary>
/// <param name="Position">Its place in the spec, from 0.</param>
/// <param name="Class">Of its resource requirements; null if it names none.</param>
/// <param name="Run">The run of the workflow that it was made in.</param>
/// <param name="Took">Null if it never started.</param>
/// <param name="CpuTime">Null if nobody saw, as with the next.</param>
/// <param name="GpuPercent">The mean, of all of its GPUs together: two that were busy are 200.</param>
public sealed record JobUseView(
    JobId Id,
    int Position,
    string Name,
    string? Class,
    ResourceRequirements Needs,
    Outcome Outcome,
    int Run,
    [property: JsonPropertyName("took_s")] TimeSpan? Took,
    [property: JsonPropertyName("cpu_time_s")] TimeSpan? CpuTime,
    MemorySize? PeakMemory,
    double? GpuPercent);

/// <summary>What nodes and running jobs use now, as far as their agents have told.</summary>
public sealed record UsageView(IReadOnlyList<NodeUsageView> Nodes, IReadOnlyList<JobUsageView> Jobs);

/// <param name="Jobs">How many jobs run there.</param>
/// <param name="Now">The newest sample; null if there is none, or none of the last half minute.</param>
public sealed record NodeUsageView(NodeId Id, string Name, bool IsConnected, NodeCapacity Capacity, NodeCapacity Free, int Jobs, SampleView? Now);

/// <param name="Now">The newest sample; null before the first, or if there is none of the last half minute.</param>
public sealed record JobUsageView(
    JobId Id, string Name, WorkflowId WorkflowId, string Workflow, int Attempt, string Node, DateTimeOffset? StartedAt, ResourceRequirements Needs, SampleView? Now);
