using Torc.Shared.Quantities;

namespace Torc.Shared.Metrics;

/// <summary>What an attempt used over its life, of what was seen every second. The peak of its memory and its CPU time are told by the system.</summary>
/// <param name="MeanMemory">Over the time in which it was measured.</param>
/// <param name="PeakCpuPercent">The most in one second; 100 is one logical CPU.</param>
/// <param name="BusyCpuPercent">It used more in 5 % of the time only.</param>
/// <param name="PeakProcesses">At one moment.</param>
/// <param name="ReadBytes">From storage; <see cref="UsageLevels.ReadRate"/>.</param>
/// <param name="WrittenBytes">To storage.</param>
/// <param name="PeakGpuPercent">Null if it was given no GPU, or if its driver does not say; so are the next two.</param>
public sealed record UsageSummary(
    MemorySize MeanMemory,
    double PeakCpuPercent,
    double BusyCpuPercent,
    int PeakProcesses,
    long ReadBytes,
    long WrittenBytes,
    double? PeakGpuPercent = null,
    double? MeanGpuPercent = null,
    MemorySize? PeakGpuMemory = null);
