using Torc.Shared.Quantities;

namespace Torc.Shared.Placement;

/// <summary>What a person is offered for a job that had too little: figures that one would write into a spec.</summary>
public static class Suggestion
{
    private static readonly MemorySize Step = MemorySize.Mebibytes(64);

    /// <summary>Twice what it had, or half as much again as it used if that is more: where a limit is enforced, nobody sees how much it wanted.</summary>
    /// <returns>A multiple of 64 MiB.</returns>
    public static MemorySize AfterOutOfMemory(MemorySize granted, MemorySize peak)
    {
        long bytes = Math.Max(granted.Bytes > long.MaxValue / 2 ? long.MaxValue : granted.Bytes * 2, HalfMore.Memory(default, peak).Bytes);
        return new MemorySize(bytes > long.MaxValue - Step.Bytes ? bytes : (bytes + Step.Bytes - 1) / Step.Bytes * Step.Bytes);
    }

    /// <returns>Half as much again as it had, in whole seconds.</returns>
    public static TimeSpan AfterTimeout(TimeSpan granted) => TimeSpan.FromSeconds(Math.Ceiling(granted.TotalSeconds * 1.5));
}
