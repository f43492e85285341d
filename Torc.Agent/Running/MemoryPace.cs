using Torc.Shared.Quantities;

namespace Torc.Agent.Running;

/// <summary>How soon to measure an attempt again where nothing but measuring holds it to its memory.</summary>
internal static class MemoryPace
{
    public static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan Fast = TimeSpan.FromMilliseconds(100);

    private const double Ease = 0.6;
    private const double Worry = 0.8;

    /// <param name="limit">Zero for none.</param>
    public static TimeSpan After(MemorySize memory, MemorySize limit)
    {
        double share = limit.Bytes > 0 ? (double)memory.Bytes / limit.Bytes : 0;
        return share switch
        {
            < Ease => Slow,
            > Worry => Fast,
            _ => Slow - ((share - Ease) / (Worry - Ease) * (Slow - Fast)),
        };
    }
}
