using Torc.Shared.Quantities;

namespace Torc.Agent.Sampling;

/// <summary>What several GPUs do together.</summary>
/// <param name="Percent">100 is one GPU; null if that is not known of each, as is the next.</param>
internal readonly record struct GpuUse(double? Percent, MemorySize? Memory);
