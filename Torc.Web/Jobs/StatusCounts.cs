using System.Globalization;
using Torc.Shared.Jobs;

namespace Torc.Web.Jobs;

/// <summary>How many jobs stand where, in the order in which that is told.</summary>
public static class StatusCounts
{
    public static IReadOnlyList<(JobStatus Status, int Count)> InOrder(IReadOnlyDictionary<JobStatus, int> counts) =>
        [.. StatusLook.Order.Select(status => (status, counts.GetValueOrDefault(status))).Where(entry => entry.Item2 > 0)];

    /// <summary>Of no job it is unknown how it stands.</summary>
    public static IReadOnlyDictionary<JobStatus, int> None { get; } = new Dictionary<JobStatus, int>();

    /// <summary>Tells the counts in words, such as <c>3 running (1 unknown) · 2 done</c>.</summary>
    /// <param name="unknown">How many of them nobody knows any more to be so.</param>
    public static string InWords(IReadOnlyDictionary<JobStatus, int> counts, IReadOnlyDictionary<JobStatus, int>? unknown) =>
        string.Join(" · ", InOrder(counts).Select(entry => $"{Count(entry.Count)} {Word(entry.Status)}{OfWhichUnknown(unknown, entry.Status)}"));

    /// <summary>Such as <c> (1 unknown)</c>, to stand after a status; null if how these jobs stand is known.</summary>
    public static string? OfWhichUnknown(IReadOnlyDictionary<JobStatus, int>? unknown, JobStatus status) =>
        unknown?.GetValueOrDefault(status) is > 0 and var count ? $" ({Count(count)} unknown)" : null;

    /// <summary>Such as <c>99,998</c>.</summary>
    public static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    public static string Word(JobStatus status) => StatusLook.Of(status).Word.ToLowerInvariant();
}
