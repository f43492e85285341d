using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Placement;
using Torc.Web.Engine;

namespace Torc.Faults.Simulation;

/// <summary>A node as it was committed.</summary>
internal sealed record StoredNode(NodeId Id, string AgentId, string Name, AgentSession Session, NodeCapacity Capacity, DateTimeOffset LastHeard)
{
    public static StoredNode Of(NodeState node) => new(node.Id, node.AgentId, node.Name, node.Session, node.Ledger.Capacity, node.LastHeard);
}
