using Torc.Shared.Quantities;

namespace Torc.Shared.Placement;

/// <summary>What recovery gives a job that had too little: half as much again as it had, or as it used if that is more.</summary>
public static class HalfMore
{
    public static MemorySize Memory(MemorySize granted, MemorySize peak)
    {
        long bytes = Math.Max(granted.Bytes, peak.Bytes);
        return new MemorySize(bytes > long.MaxValue / 2 ? long.MaxValue : bytes + (bytes / 2));
    }
}
