namespace Torc.Shared.Quantities;

/// <summary>What is typical of durations of which a few may be far out.</summary>
public static class Median
{
    /// <returns>The one in the middle, of two the longer; null without any.</returns>
    public static TimeSpan? Of(IEnumerable<TimeSpan> durations)
    {
        TimeSpan[] inOrder = [.. durations.Order()];
        return inOrder.Length == 0 ? null : inOrder[inOrder.Length / 2];
    }
}
