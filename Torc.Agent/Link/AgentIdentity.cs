using Torc.Shared.Placement;

namespace Torc.Agent.Link;

/// <summary>What an agent says of itself in every hello.</summary>
/// <param name="Epoch">One more at every start.</param>
/// <param name="Capacity">Without the time that is left.</param>
/// <param name="Gpus">The names of the GPUs that the capacity counts; null if they go by their numbers, from 0.</param>
/// <param name="EndsAt">Until when the machine is ours; null without an end.</param>
internal sealed record AgentIdentity(
    string AgentId, int Epoch, string NodeName, string Version, NodeCapacity Capacity, IReadOnlyList<string>? Gpus = null, DateTimeOffset? EndsAt = null)
{
    public NodeCapacity CapacityAt(DateTimeOffset now) => EndsAt is { } end ? Capacity with { TimeLeft = end > now ? end - now : TimeSpan.Zero } : Capacity;
}
