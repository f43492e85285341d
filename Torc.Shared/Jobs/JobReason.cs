namespace Torc.Shared.Jobs;

/// <summary>Says in a sentence why a job that has ended stands where it stands.</summary>
public static class JobReason
{
    /// <param name="failedBlocker">The name of the job that failed and canceled this one, however far upstream.</param>
    /// <param name="stopReason">Why somebody wanted it to end; null if nobody did.</param>
    /// <returns>Null when the status says it all, or the job has not ended.</returns>
    public static string? Of(JobStatus status, Outcome? outcome, string? failedBlocker, string? stopReason = null) => (status, outcome) switch
    {
        (JobStatus.Canceled, _) when failedBlocker is not null => $"Cancelled because {failedBlocker} failed.",
        (JobStatus.Canceled, _) when stopReason is not null => $"Cancelled: {stopReason}.",
        (JobStatus.Pending or JobStatus.Running, _) when stopReason is not null => $"Is being ended: {stopReason}.",
        (JobStatus.Failed or JobStatus.Terminated or JobStatus.Canceled, { } ended) => Of(ended),
        _ => null,
    };

    private static string Of(Outcome outcome) => outcome.Kind switch
    {
        OutcomeKind.Exit => $"Failed: exit code {outcome.ExitCode}.",
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
