using Torc.Shared.Contracts;
using Torc.Shared.Quantities;
using Torc.Shared.Reruns;
using Torc.Shared.Workflows;
using Torc.Web.Jobs;

namespace Torc.Web.Reruns;

/// <summary>Says in words what runs were, and what they made of jobs.</summary>
public static class RunWords
{
    public static string What(RunView run) => run.Scope switch
    {
        null => "First run",
        RerunScope.Failed => "Failed jobs",
        RerunScope.Changed => "Changed jobs",
        RerunScope.All => "Everything",
        RerunScope.Selected => "Selected jobs only",
        _ => "Selected jobs and downstream",
    };

    /// <summary>How many jobs ran, and how many were kept if that is known: runs of an earlier spec may have had other jobs.</summary>
    public static string Jobs(RunView run, WorkflowView workflow)
    {
        int? kept = run.Scope is null ? 0 : run.SpecVersion == workflow.SpecVersion ? workflow.Counts.Values.Sum() - run.Jobs : null;
        return kept is { } known ? $"{RerunWords.Count(run.Jobs)} run, {RerunWords.Count(known)} kept" : $"{RerunWords.Count(run.Jobs)} run";
    }

    /// <summary>A run that a later one took the place of never came to an end of its own.</summary>
    public static bool IsReplaced(RunView run, int newest) => run.Status == WorkflowStatus.Running && run.Number < newest;

    public static string Result(JobRunResult? result) => result switch
    {
        null => "–",
        { Outcome: null } => "not ended",
        { Outcome.Succeeded: true } => "done",
        { Outcome: { } outcome } => OutcomeText.ForPeople(outcome),
    };

    public static bool IsKept(JobComparison job) => job.Before is not null && job.After?.Attempt == job.Before.Attempt;

    public static string Took(JobRunResult? result) => result?.DurationS is { } seconds ? DurationText.Print(TimeSpan.FromSeconds(Math.Round(seconds, 1))) : "–";

    /// <summary>How much longer or shorter, such as <c>+3 s</c>; null if there is nothing to compare.</summary>
    public static string? Longer(JobComparison job)
    {
        if (IsKept(job) || job is not { Before.DurationS: { } before, After.DurationS: { } after })
        {
            return null;
        }

        var more = TimeSpan.FromSeconds(Math.Round(after - before, 1));
        return more == TimeSpan.Zero ? "the same" : $"{(more > TimeSpan.Zero ? "+" : "−")}{DurationText.Print(more.Duration())}";
    }

    /// <summary>How much more or less memory, such as <c>−12 MiB</c>; null if there is nothing to compare.</summary>
    public static string? Larger(JobComparison job)
    {
        if (IsKept(job) || job is not { Before.PeakMemory: { } before, After.PeakMemory: { } after })
        {
            return null;
        }

        return after == before ? "the same" : after > before ? $"+{after - before}" : $"−{before - after}";
    }
}
