using Torc.Shared.Jobs;

namespace Torc.Shared.Placement;

/// <summary>A connected node as placement sees it: what it offers in all, and what is left of it.</summary>
/// <param name="Occupants">Read only where a node is held or is to be: it may be found out at each reading.</param>
public sealed record NodeRoom(NodeId Id, string Name, NodeCapacity Capacity, NodeCapacity Free, IEnumerable<Occupant> Occupants)
{
    /// <summary>The node when one more job has started.</summary>
    public NodeRoom With(ResourceRequirements started, TimeSpan now) =>
        this with { Free = Free.Less(started), Occupants = Occupants.Append(new Occupant(started, now + started.Runtime)) };
}
