using System.Globalization;

namespace Torc.Faults.Crashes;

/// <summary>What became of the jobs that ran behind a cut line.</summary>
/// <param name="EndedBehind">Jobs that ended while nobody could hear of it.</param>
/// <param name="DeliveredAfter">From the healing until the server knew of all ends.</param>
internal sealed record PartitionTotals(TimeSpan Duration, CrashTotals Counted, int EndedBehind, TimeSpan DeliveredAfter)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"partition of {Duration.TotalSeconds:0} s: {EndedBehind} jobs ended behind it, told within {DeliveredAfter.TotalSeconds:0.0} s after it: {Counted}");
}
