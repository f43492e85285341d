namespace Torc.Shared.Placement;

/// <summary>What holds room on a node now.</summary>
/// <param name="EndsAt">When it will have ended by its runtime.</param>
public sealed record Occupant(ResourceRequirements Needs, TimeSpan EndsAt);
