using Torc.Shared.Quantities;

namespace Torc.Shared.Placement;

/// <summary>What a job gets that had too little: half as much again as it had, or as it used if that is more.</summary>
public static class HalfMore
{
    private static readonly MemorySize Step = MemorySize.Mebibytes(64);

    public static MemorySize Memory(MemorySize granted, MemorySize peak)
    {
        long bytes = Math.Max(granted.Bytes, peak.Bytes);
        return new MemorySize(bytes > long.MaxValue / 2 ? long.MaxValue : bytes + (bytes / 2));
    }

    /// <summary>Rounded up to 64 MiB: a figure that a person would write into a spec.</summary>
    public static MemorySize RoundMemory(MemorySize granted, MemorySize peak)
    {
        long bytes = Memory(granted, peak).Bytes;
        return new MemorySize(bytes > long.MaxValue - Step.Bytes ? bytes : (bytes + Step.Bytes - 1) / Step.Bytes * Step.Bytes);
    }

    /// <summary>In whole seconds.</summary>
    public static TimeSpan RoundRuntime(TimeSpan granted) => TimeSpan.FromSeconds(Math.Ceiling(granted.TotalSeconds * 1.5));
}
