namespace Torc.Shared.Placement;

/// <summary>A connected node as placement sees it: what it offers in all, and what is left of it.</summary>
public sealed record NodeRoom(string Name, NodeCapacity Capacity, NodeCapacity Free);
