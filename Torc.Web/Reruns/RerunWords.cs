using System.Globalization;
using System.Text.Json;
using Torc.Shared.Contracts;
using Torc.Shared.Quantities;
using Torc.Shared.Reruns;

namespace Torc.Web.Reruns;

/// <summary>Says in words what a plan would do.</summary>
public static class RerunWords
{
    private const int MostNames = 6;

    /// <summary>As programs write it, such as <c>INPUT_CHANGED</c>.</summary>
    public static string Name(ReasonCode code) => JsonNamingPolicy.SnakeCaseUpper.ConvertName(code.ToString());

    /// <summary>As programs write it, such as <c>may_run</c>.</summary>
    public static string Name(PlannedAction action) => JsonNamingPolicy.SnakeCaseLower.ConvertName(action.ToString());

    public static string Will(PlannedAction action) => action switch
    {
        PlannedAction.Run => "run",
        PlannedAction.MayRun => "may run",
        _ => "keep",
    };

    public static string Jobs(int count) => count == 1 ? "1 job" : $"{Count(count)} jobs";

    public static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>The first of them, and how many there are besides.</summary>
    public static string Names(IReadOnlyCollection<string> names, int most = MostNames) => names.Count <= most + 1
        ? string.Join(", ", names)
        : $"{string.Join(", ", names.Take(most))} and {Count(names.Count - most)} more";

    /// <returns>Null for a job that never ended well.</returns>
    public static string? Took(double? seconds) => seconds is { } known ? DurationText.Print(TimeSpan.FromSeconds(Math.Round(known, 1))) : null;

    /// <summary>What becomes of the files, such as <c>f4, f5 will be written · f1 kept · nothing deleted</c>.</summary>
    public static string Files(RerunPlanView plan)
    {
        var parts = new List<string>();
        Add(PlannedAction.Run, "will be written");
        Add(PlannedAction.MayRun, "may be written");
        Add(PlannedAction.Keep, "kept");
        parts.Add("nothing deleted");
        return string.Join(" · ", parts);

        void Add(PlannedAction action, string what)
        {
            string[] names = [.. plan.Jobs.Where(job => job.Action == action).SelectMany(job => job.Writes)];
            if (names.Length > 0)
            {
                parts.Add($"{Names(names)} {what}");
            }
        }
    }

    /// <summary>Such as <c>preprocess, work1: up to date</c>, for the largest groups.</summary>
    public static string Kept(IEnumerable<PlannedJobView> kept)
    {
        var groups = kept.GroupBy(job => job.Reasons[0].Sentence).OrderByDescending(group => group.Count()).ToList();
        string shown = string.Join(" · ", groups.Take(2).Select(group => $"{Names([.. group.Select(job => job.Name)], 3)}: {LowerFirst(group)}"));
        return groups.Count > 2 ? $"{shown} · …" : shown;

        // A sentence that begins with the name of a file or a job keeps it as it is.
        static string LowerFirst(IGrouping<string, PlannedJobView> group) =>
            group.First().Reasons[0] is { Subject: { } subject } && group.Key.StartsWith(subject, StringComparison.Ordinal)
                ? group.Key
                : char.ToLowerInvariant(group.Key[0]) + group.Key[1..];
    }

    /// <summary>What a search has found, such as <c>3 that run, 12 that are kept</c>.</summary>
    public static string Found(int runs, int kept) => (runs, kept) switch
    {
        (0, 0) => "No job has that in its name.",
        (_, 0) => $"{Count(runs)} that {(runs == 1 ? "runs" : "run")}",
        (0, _) => $"{Count(kept)} that {(kept == 1 ? "is" : "are")} kept",
        _ => $"{Count(runs)} that {(runs == 1 ? "runs" : "run")}, {Count(kept)} that {(kept == 1 ? "is" : "are")} kept",
    };

    /// <summary>Why a plan is empty.</summary>
    public static string Nothing(RerunPlanView plan)
    {
        var reasons = plan.Jobs.Select(job => job.Reasons[0]).ToList();
        var touched = Of(ReasonCode.TouchedSame);
        if (plan.Scope == RerunScope.Changed && touched.Count > 0)
        {
            return $"Nothing to run: {(touched.Count == 1 ? touched[0].Sentence : $"{Names([.. touched.Select(reason => reason.Subject).OfType<string>().Distinct()])} were touched, the content is the same")}.";
        }

        int busy = Of(ReasonCode.InProgress).Count;
        int others = Of(ReasonCode.OutOfScope).Count;
        return (plan.Scope, busy, others) switch
        {
            (_, > 0, _) => $"Nothing to run: {Jobs(busy)} {(busy == 1 ? "runs or waits" : "run or wait")} to run already.",
            (RerunScope.Failed, _, 0) => "Nothing to run: no job failed or was cancelled, and every job is up to date.",
            (RerunScope.Failed, _, _) => $"Nothing to run: no job failed or was cancelled. {Jobs(others)} {(others == 1 ? "is" : "are")} not up to date: choose “Changed”.",
            (RerunScope.Changed, _, _) when Of(ReasonCode.ResourcesOnly).Count > 0 => "Nothing to run: only what jobs ask for has changed.",
            (RerunScope.Changed, _, _) => "Nothing to run: every job is up to date.",
            (RerunScope.All, _, _) => "Nothing to run: every job is turned off.",
            _ => "Nothing to run: what you selected is turned off.",
        };

        List<RerunReason> Of(ReasonCode code) => reasons.FindAll(reason => reason.Code == code);
    }

    /// <summary>How long the jobs that run took when they last ended well, all together.</summary>
    /// <returns>Null if nobody knows.</returns>
    public static string? Work(IReadOnlyCollection<PlannedJobView> runs)
    {
        var known = runs.Select(job => job.LastTookS).OfType<double>().ToList();
        return known.Count == 0
            ? null
            : $"{Took(known.Sum())} of work, by what {(known.Count == runs.Count ? "they took last time" : $"{Count(known.Count)} of {Count(runs.Count)} took last time")}";
    }
}
