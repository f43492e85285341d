using Torc.Shared.Quantities;

namespace Torc.Shared.Jobs;

/// <summary>Says in a sentence why a job that has ended, or runs once more, stands where it stands.</summary>
public static class JobReason
{
    /// <param name="failedBlocker">The name of the job that failed and canceled this one, however far upstream.</param>
    /// <param name="stopReason">Why somebody wanted it to end; null if nobody did.</param>
    /// <param name="retry">The newest of this run; null if there was none.</param>
    /// <param name="reuse">Whether its earlier result counts.</param>
    /// <returns>Null when the status says it all.</returns>
    public static string? Of(JobStatus status, Outcome? outcome, string? failedBlocker, string? stopReason = null, Retry? retry = null, Reuse reuse = Reuse.None) => (status, outcome) switch
    {
        (JobStatus.Canceled, _) when failedBlocker is not null => $"Cancelled because {failedBlocker} failed.",
        (JobStatus.Canceled, _) when stopReason is not null => $"Cancelled: {stopReason}.",
        (JobStatus.Pending or JobStatus.Running, _) when stopReason is not null => $"Is being ended: {stopReason}.",
        (JobStatus.Ready or JobStatus.Blocked or JobStatus.Pending or JobStatus.Running, _) when retry is not null => Of(retry),
        (JobStatus.Failed or JobStatus.Terminated or JobStatus.Canceled, { } ended) => $"{Of(ended)}{AfterRetry(ended, retry)}",
        (JobStatus.Disabled, _) when stopReason is not null => $"{char.ToUpperInvariant(stopReason[0])}{stopReason[1..]}: no run starts it.",
        (JobStatus.Completed, _) when reuse == Reuse.Done => "Reused: all that it reads is as it was, so its earlier result counts.",
        (JobStatus.PendingFailed, { } ended) =>
            $"{Of(ended)}{AfterRetry(ended, retry)} Somebody has to decide: run it again, or stop it to let that count.",
        _ => null,
    };

    /// <summary>Such as "Retry 2 of 3 after exit code 5."</summary>
    public static string Of(Retry retry)
    {
        string after = retry.Kind switch
        {
            OutcomeKind.OutOfMemory => "out of memory",
            OutcomeKind.Timeout => "it ran past its limit",
            OutcomeKind.MissingOutput => "a missing output",
            _ when retry.ExitCode is null => "it was killed",
            _ => $"exit code {retry.ExitCode}",
        };
        return retry switch
        {
            { Memory: { } memory } => $"Retry with {memory} after {after}.",
            { Runtime: { } runtime } => $"Retry with {DurationText.Print(runtime)} after {after}.",
            _ => $"Retry {retry.Number} of {retry.Limit} after {after}.",
        };
    }

    private static string AfterRetry(Outcome outcome, Retry? retry) =>
        outcome.IsOwnDoing && retry is { IsRaise: false } ? $" It was retry {retry.Number} of {retry.Limit}." : "";

    private static string Of(Outcome outcome) => outcome.Kind switch
    {
        OutcomeKind.Exit => $"Failed: exit code {outcome.ExitCode}{Tail(outcome)}.",
        OutcomeKind.Signal => $"Killed by {outcome.Detail ?? "a signal"}, and not by Torc; exit code {outcome.ExitCode}.",
        OutcomeKind.OutOfMemory => $"Failed: out of memory{Tail(outcome)}.",
        OutcomeKind.Timeout => $"Ended: ran past its limit{Tail(outcome)}.",
        OutcomeKind.MissingOutput => $"Failed: the command ended with exit code {outcome.ExitCode} but did not write {outcome.Detail}.",
        OutcomeKind.Canceled => $"Cancelled{Tail(outcome)}.",
        OutcomeKind.Terminated => $"Stopped{Tail(outcome)}.",
        OutcomeKind.Fenced => "Ended because a newer attempt holds the job.",
        OutcomeKind.NodeLost => $"Lost: nobody saw how it ended{Tail(outcome)}.",
        OutcomeKind.SpawnError => $"Could not be started{Tail(outcome)}.",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome.Kind, "an outcome without words"),
    };

    private static string Tail(Outcome outcome) => outcome.Detail is { } detail ? $": {detail}" : "";
}
