using Torc.Shared.Placement;

namespace Torc.Agent.Link;

/// <summary>What an agent says of itself in every hello.</summary>
/// <param name="Epoch">One more at every start.</param>
internal sealed record AgentIdentity(string AgentId, int Epoch, string NodeName, string Version, NodeCapacity Capacity);
