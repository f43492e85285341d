using System.Globalization;
using Torc.Shared.Jobs;

namespace Torc.Web.Jobs;

/// <summary>How many jobs stand where, in the order in which that is told.</summary>
public static class StatusCounts
{
    public static IReadOnlyList<(JobStatus Status, int Count)> InOrder(IReadOnlyDictionary<JobStatus, int> counts) =>
        [.. StatusLook.Order.Select(status => (status, counts.GetValueOrDefault(status))).Where(entry => entry.Item2 > 0)];

    /// <summary>Tells the counts in words, such as <c>2 done · 1 failed</c>.</summary>
    public static string InWords(IReadOnlyDictionary<JobStatus, int> counts) =>
        string.Join(" · ", InOrder(counts).Select(entry => $"{Count(entry.Count)} {Word(entry.Status)}"));

    /// <summary>Such as <c>99,998</c>.</summary>
    public static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    public static string Word(JobStatus status) => StatusLook.Of(status).Word.ToLowerInvariant();
}
