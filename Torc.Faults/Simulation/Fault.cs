namespace Torc.Faults.Simulation;

/// <param name="Node">Which one it hits, if it hits one.</param>
/// <param name="Lasts">Until it is healed, if it does not heal by itself.</param>
internal sealed record Fault(TimeSpan At, FaultKind Kind, int Node, TimeSpan Lasts);
