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

    /// <summary>Of the words in nodes, in the mean.</summary>
    public const double LetterWidth = 6.6;

    /// <summary>The two statuses that matter most, with their counts: <c>12 failed · 3 running</c>.</summary>
    /// <param name="counts">Of those jobs that are looked for.</param>
    /// <param name="unknown">How many of them nobody knows any more to be so: these are told as unknown.</param>
    /// <param name="width">How much room there is. The second one is left out if both need more.</param>
    public static string Brief(IReadOnlyDictionary<JobStatus, int> counts, IReadOnlyDictionary<JobStatus, int> unknown, double width)
    {
        string[] words = [.. InWeight(counts, unknown).Take(2).Select(entry => $"{StatusCounts.Count(entry.Count)} {(entry.Look.ShortWord ?? entry.Look.Word).ToLowerInvariant()}")];
        string both = string.Join(" · ", words);
        return words.Length == 0 ? "none that you look for" : both.Length * LetterWidth <= width ? both : words[0];
    }

    /// <returns>The status that matters most; null of no jobs.</returns>
    public static StatusLook? Leading(IReadOnlyDictionary<JobStatus, int> counts, IReadOnlyDictionary<JobStatus, int> unknown) => InWeight(counts, unknown).FirstOrDefault().Look;

    /// <summary>Says in a sentence how a group stands.</summary>
    public static string Whole(string name, int jobs, IReadOnlyDictionary<JobStatus, int> counts, IReadOnlyDictionary<JobStatus, int> unknown) =>
        $"Group {name}, {Jobs(jobs)}: {StatusCounts.InWords(counts, unknown)}";

    private static IEnumerable<(StatusLook Look, int Count)> InWeight(IReadOnlyDictionary<JobStatus, int> counts, IReadOnlyDictionary<JobStatus, int> unknown)
    {
        foreach (var status in Weight.Where(counts.ContainsKey))
        {
            int lost = unknown.GetValueOrDefault(status);
            if (lost > 0)
            {
                yield return (StatusLook.Unknown(status), lost);
            }

            if (counts[status] > lost)
            {
                yield return (StatusLook.Of(status), counts[status] - lost);
            }
        }
    }

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

    /// <summary>Says of so many jobs that nobody knows whether they still run.</summary>
    public static string NotKnown(int count) => count == 1
        ? "Nobody knows whether 1 job still runs: its node is not heard. It is counted by what was seen last."
        : $"Nobody knows whether {Jobs(count)} still run: their nodes are not heard. They are counted by what was seen last.";

    public static string Jobs(int count) => count == 1 ? "1 job" : $"{count.ToString("N0", CultureInfo.InvariantCulture)} jobs";
}
