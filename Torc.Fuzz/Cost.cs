using System.Diagnostics;
using System.Globalization;

namespace Torc.Fuzz;

/// <summary>Holds a piece of work to its time and memory.</summary>
internal static class Cost
{
    // A small text may ask for 100,000 jobs; each costs a few kilobytes until the workflow is made, and is gone then.
    private const long MaxAllocated = 1L << 30;
    private const long AllocatedForEachByte = 16 << 10;

    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(2);

    /// <param name="length">Of the input, in bytes.</param>
    /// <param name="allowance">How much more the result may have cost than others: it asked for it.</param>
    /// <exception cref="BrokenRuleException">It took longer, or more memory, than any input may.</exception>
    public static T Hold<T>(int length, Func<T> work, Func<T, int> allowance)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        var result = work();
        var time = clock.Elapsed;
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        int times = allowance(result);
        if (time > times * MaxTime)
        {
            throw new BrokenRuleException(string.Create(CultureInfo.InvariantCulture, $"took {time.TotalSeconds:0.0} s"));
        }

        return allocated <= times * (MaxAllocated + (length * AllocatedForEachByte))
            ? result
            : throw new BrokenRuleException(string.Create(CultureInfo.InvariantCulture, $"allocated {allocated >> 20} MiB"));
    }
}
