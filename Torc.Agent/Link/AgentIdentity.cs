using Torc.Shared.Placement;

namespace Torc.Agent.Link;

/// <summary>What an agent says of itself in every hello.</summary>
/// <param name="Epoch">One more at every start.</param>
/// <param name="Gpus">The names of the GPUs that the capacity counts; null if they go by their numbers, from 0.</param>
internal sealed record AgentIdentity(string AgentId, int Epoch, string NodeName, string Version, NodeCapacity Capacity, IReadOnlyList<string>? Gpus = null);
