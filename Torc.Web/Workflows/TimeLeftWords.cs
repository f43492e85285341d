using Torc.Shared.Quantities;
using Torc.Shared.Workflows;
using Torc.Web.Reruns;

namespace Torc.Web.Workflows;

/// <summary>Says how long a run will take, as exactly as it is known.</summary>
internal static class TimeLeftWords
{
    /// <summary>Such as "about 12 min left", or "at most 2 h left" where it is known only by what jobs ask for.</summary>
    public static string Of(TimeLeft left) => $"{(left.ByRequest > 0 ? "at most" : "about")} {DurationText.Print(Rounded(left))} left";

    /// <summary>How it is known, in a sentence.</summary>
    public static string How(TimeLeft left)
    {
        (int Count, string How)[] ways =
        [
            (left.ByLikeJobs, "by how long jobs like it took"),
            (left.ByEarlier, "by how long it took before"),
            (left.ByRequest, "by the runtime that it asks for and may not exceed"),
        ];
        return $"What each job takes is known: {string.Join(", ", ways.Where(way => way.Count > 0).Select(way => $"of {RerunWords.Jobs(way.Count)} {way.How}"))}.";
    }

    // What is promised as the most is never less than that.
    private static TimeSpan Rounded(TimeLeft left)
    {
        var step = left.Left.TotalMinutes switch
        {
            < 1 => TimeSpan.FromSeconds(10),
            < 60 => TimeSpan.FromMinutes(1),
            < 600 => TimeSpan.FromMinutes(5),
            _ => TimeSpan.FromHours(1),
        };
        double steps = left.Left / step;
        return step * Math.Max(1, left.ByRequest > 0 ? Math.Ceiling(steps) : Math.Round(steps));
    }
}
