namespace Torc.Faults;

/// <param name="Replay">A seed whose history is to be told; null to simulate many.</param>
/// <param name="Variant">The name of a broken variant, "all", or null for the product.</param>
internal sealed record SimulatorOptions(int First, int Seeds, int? Replay, string? Variant);
