using Torc.Shared.Quantities;

namespace Torc.Shared.Placement;

/// <summary>What a compute node offers, or what is left of it. Whole CPUs and bytes: nothing is rounded, so nothing is given out twice.</summary>
/// <param name="TimeLeft">How long the node stays ours, such as until its allocation ends; null without an end.</param>
public sealed record NodeCapacity(int Cpus, MemorySize Memory, int Gpus, TimeSpan? TimeLeft = null)
{
    public bool Fits(ResourceRequirements needs) =>
        needs.Nodes == 1
        && needs.Cpus <= Cpus
        && needs.Memory <= Memory
        && needs.Gpus <= Gpus
        && (TimeLeft is not { } left || needs.Runtime <= left);

    public NodeCapacity Less(ResourceRequirements needs) =>
        this with { Cpus = Cpus - needs.Cpus, Memory = Memory - needs.Memory, Gpus = Gpus - needs.Gpus };
}
