using System.Globalization;
using Torc.Shared.Jobs;
using Torc.Web.Jobs;

namespace Torc.Web.Graph;

/// <summary>Says how a group of jobs stands, in the room of a node.</summary>
public static class GroupWords
{
    // What somebody must look at comes first, then what moves.
    private static readonly JobStatus[] Weight =
    [
        JobStatus.PendingFailed, JobStatus.Failed, JobStatus.Running, JobStatus.Pending, JobStatus.Terminated, JobStatus.Canceled, JobStatus.Ready, JobStatus.Blocked,
        JobStatus.Uninitialized, JobStatus.Disabled, JobStatus.Completed,
    ];

    private const double LetterWidth = 6.6;

    /// <summary>The two statuses that matter most, with their counts: <c>12 failed · 3 running</c>.</summary>
    /// <param name="counts">Of those jobs that are looked for.</param>
    /// <param name="width">How much room there is. The second one is left out if both need more.</param>
    public static string Brief(IReadOnlyDictionary<JobStatus, int> counts, double width)
    {
        string[] words = [.. Weight.Where(counts.ContainsKey).Take(2).Select(status => $"{counts[status].ToString("N0", CultureInfo.InvariantCulture)} {StatusCounts.Word(status)}")];
        string both = string.Join(" · ", words);
        return words.Length == 0 ? "none that you look for" : both.Length * LetterWidth <= width ? both : words[0];
    }

    /// <returns>The status that matters most; null of no jobs.</returns>
    public static StatusLook? Leading(IReadOnlyDictionary<JobStatus, int> counts) =>
        Weight.Where(counts.ContainsKey).Select(StatusLook.Of).FirstOrDefault();

    /// <summary>Shares out the length of a bar: what there is at all can be seen.</summary>
    public static IReadOnlyList<(JobStatus Status, double Start, double Width)> Bar(IReadOnlyDictionary<JobStatus, int> counts, double length)
    {
        const double Least = 3;
        const double Gap = 1;
        var parts = StatusCounts.InOrder(counts);
        double total = parts.Sum(part => (double)part.Count);
        double free = length - (parts.Count * Least) - ((parts.Count - 1) * Gap);
        var bar = new List<(JobStatus Status, double Start, double Width)>();
        double start = 0;
        foreach (var (status, count) in parts)
        {
            double width = Least + (free * count / total);
            bar.Add((status, start, width));
            start += width + Gap;
        }

        return bar;
    }

    public static string Jobs(int count) => count == 1 ? "1 job" : $"{count.ToString("N0", CultureInfo.InvariantCulture)} jobs";
}
