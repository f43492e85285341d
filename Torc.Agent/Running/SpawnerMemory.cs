using Torc.Shared.Quantities;

namespace Torc.Agent.Running;

/// <summary>
/// Reads the peak memory of a child out of <c>ru_maxrss</c>. Until it executes its program a child shares the memory of the
/// process that started it, and the kernel counts that too: what is not above our own peak says nothing about the child.
/// </summary>
/// <param name="ownPeak">The most memory that this process ever held.</param>
internal sealed class SpawnerMemory(Func<MemorySize> ownPeak)
{
    // The kernel sums its counters up now and then, and may be off by so much.
    private static readonly MemorySize Margin = MemorySize.Mebibytes(1);

    private MemorySize _ownPeak;

    /// <returns>Zero if it cannot be known.</returns>
    public MemorySize PeakOf(Libc.Usage usage)
    {
        var peak = new MemorySize((long)usage.MaxResidentKibibytes << 10);
        if (peak <= _ownPeak)
        {
            return default;
        }

        // We may have grown since we last looked, so look again before this is believed.
        _ownPeak = ownPeak() + Margin;
        return peak > _ownPeak ? peak : default;
    }
}
