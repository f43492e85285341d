using Torc.Shared.Quantities;

namespace Torc.Shared.Placement;

/// <summary>What a job needs from its node for as long as it runs. Equal requirements make one requirement class.</summary>
/// <param name="Cpus">Logical CPUs, at least 1.</param>
/// <param name="Memory">Reserved on the node; zero reserves none.</param>
/// <param name="Gpus">Whole GPUs, at least 0.</param>
/// <param name="Nodes">Compute nodes, at least 1.</param>
/// <param name="Runtime">The longest that the job is expected to run.</param>
/// <param name="Label">Only nodes that have it; null for any.</param>
/// <param name="Scheduler">Only nodes of this scheduler's allocations and nodes that are part of none; null for any.</param>
public sealed record ResourceRequirements(
    int Cpus, MemorySize Memory, int Gpus, int Nodes, TimeSpan Runtime, string? Label = null, string? Scheduler = null)
{
    /// <summary>Of a job that names none: one CPU for an hour.</summary>
    public static ResourceRequirements Default { get; } = new(1, new MemorySize(0), 0, 1, TimeSpan.FromHours(1));
}
