using Torc.Shared.Quantities;

namespace Torc.Shared.Metrics;

/// <summary>What an attempt or a node used at one moment, or since the moment before.</summary>
/// <param name="CpuPercent">100 is one logical CPU, so a job on four CPUs can reach 400.</param>
/// <param name="Memory">Held in RAM: of an attempt by all its processes, of a node by whoever uses it.</param>
/// <param name="Processes">Of an attempt; on a node the attempts that run there.</param>
/// <param name="ReadRate">Bytes a second that came from storage, without what the system had in memory; of a node always 0, as is the next.</param>
/// <param name="WriteRate">Bytes a second that went to storage.</param>
/// <param name="GpuPercent">Of the GPUs that it was given, together: 100 is one GPU. Null if there is none, or if its driver does not say.</param>
/// <param name="GpuMemory">On those GPUs, by whoever uses them; null as above.</param>
public readonly record struct UsageLevels(
    double CpuPercent,
    MemorySize Memory,
    int Processes = 0,
    long ReadRate = 0,
    long WriteRate = 0,
    double? GpuPercent = null,
    MemorySize? GpuMemory = null);
