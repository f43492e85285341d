using System.Numerics;

namespace Torc.Shared.Metrics;

/// <summary>
/// Numbers to three digits or so: those below 256 exactly, larger ones to within half a percent, as one whole number that is greater for the
/// greater one. Levels that flicker by less are the same number, and cost nothing to store.
/// </summary>
internal static class RoughNumber
{
    private const int KeptBits = 7;

    /// <summary>How many numbers each power of two has.</summary>
    private const int Steps = 1 << KeptBits;

    /// <param name="value">Not negative.</param>
    public static int Of(long value)
    {
        int shift = ShiftOf(value);
        if (shift == 0)
        {
            return (int)value;
        }

        // Rounding up may reach the next power of two, which is the next number all the same.
        long mantissa = (value + (1L << (shift - 1))) >> shift;
        return (int)((shift * Steps) + mantissa);
    }

    public static long Value(int number)
    {
        if (number < 2 * Steps)
        {
            return number;
        }

        int shift = (number / Steps) - 1;
        return (long)(number - (shift * Steps)) << shift;
    }

    private static int ShiftOf(long value) => Math.Max(0, 64 - BitOperations.LeadingZeroCount((ulong)value) - KeptBits - 1);
}
