using Torc.Shared.Jobs;
using Torc.Shared.Placement;
using Torc.Shared.Quantities;

namespace Torc.Shared.Workflows;

/// <summary>
/// Decides what follows from a failure: another attempt with more memory or time, another attempt by a rule of the job's failure
/// handler, a person's decision, or the end. Each way to go on is bounded, so that every run ends.
/// </summary>
internal static class RetryPolicy
{
    /// <summary>So often in one run a job gets more than before, half as much again each time.</summary>
    public const int RaiseLimit = 3;

    /// <summary>Turns the end of an attempt into what it means for its job; whatever else happened stays as it is.</summary>
    /// <param name="nodes">All that are known, connected or not.</param>
    public static JobEvent Settle(WorkflowState workflow, int position, JobEvent occurrence, IEnumerable<NodeCapacity> nodes)
    {
        // Whoever asked for its end, or for another run, does not want it to be tried again.
        if (occurrence is not JobEvent.Ended { Outcome.Succeeded: false } end || workflow.Job(position) is not { StopReason: null, Again: false } job)
        {
            return occurrence;
        }

        var outcome = end.Outcome;
        if (outcome.IsOwnDoing)
        {
            if (workflow.Definition.Recovery == Recovery.Auto && outcome.Kind is OutcomeKind.OutOfMemory or OutcomeKind.Timeout)
            {
                var (raise, whyNot) = Raise(workflow, position, end, nodes);
                if (raise is not null)
                {
                    return new JobEvent.Retried(end.Attempt, raise);
                }

                outcome = outcome with { Detail = outcome.Detail is { } detail ? $"{detail}; {whyNot}" : whyNot };
            }

            if (Rule(workflow.Definition.Jobs[position], outcome) is { } rule && job.Retries < rule.MaxRetries)
            {
                return new JobEvent.Retried(
                    end.Attempt, new Retry(end.Attempt, outcome.Kind, outcome.ExitCode, job.Retries + 1, rule.MaxRetries, rule.RecoveryScript));
            }
        }

        return workflow.Definition.UsePendingFailed && (outcome.Status == JobStatus.Failed || outcome.Kind == OutcomeKind.Timeout)
            ? new JobEvent.LeftUndecided(end.Attempt, outcome)
            : end with { Outcome = outcome };
    }

    private static FailureRule? Rule(JobDefinition job, Outcome outcome) =>
        job.FailureRules?.FirstOrDefault(rule => outcome.ExitCode is { } code && rule.ExitCodes.Contains(code))
        ?? job.FailureRules?.FirstOrDefault(rule => rule.MatchesAll);

    private static (Retry? Retry, string? WhyNot) Raise(WorkflowState workflow, int position, JobEvent.Ended end, IEnumerable<NodeCapacity> nodes)
    {
        var (job, granted) = (workflow.Job(position), workflow.NeedsOf(position));
        if (job.Raises == RaiseLimit)
        {
            return (null, $"it got more {RaiseLimit} times already");
        }

        // Whatever it is given now, it has to fit by all else that it asks for.
        var otherwise = granted with { Memory = default, Runtime = TimeSpan.Zero };
        var fitting = nodes.Where(node => node.Fits(otherwise)).ToList();
        var retry = new Retry(end.Attempt, end.Outcome.Kind, end.Outcome.ExitCode, job.Raises + 1, RaiseLimit);
        if (end.Outcome.Kind == OutcomeKind.OutOfMemory)
        {
            var largest = fitting.Select(node => node.Memory).DefaultIfEmpty(granted.Memory).Max();
            return granted.Memory >= largest
                ? (null, $"no node has more than {largest}")
                : (retry with { Memory = Smaller(HalfMore.Memory(granted.Memory, end.PeakMemory), largest) }, null);
        }

        // A node that stays for ever is no limit.
        var longest = fitting.Exists(node => node.TimeLeft is null) ? TimeSpan.MaxValue : fitting.Select(node => node.TimeLeft!.Value).DefaultIfEmpty(granted.Runtime).Max();
        return granted.Runtime >= longest
            ? (null, $"no node is there for longer than {DurationText.Print(longest)}")
            : (retry with { Runtime = granted.Runtime > longest / 1.5 ? longest : granted.Runtime * 1.5 }, null);
    }

    private static MemorySize Smaller(MemorySize one, MemorySize other) => one < other ? one : other;
}
