using Torc.Shared.Quantities;

namespace Torc.Shared.Jobs;

/// <summary>Why and how a job runs once more in the same run. It says all that there is to say, so that it holds whatever becomes of the spec.</summary>
/// <param name="Attempt">The number of the attempt that failed.</param>
/// <param name="Kind">How it failed.</param>
/// <param name="ExitCode">0 to 255; null if nobody saw one.</param>
/// <param name="Number">Which of its kind it is in this run, from 1: by a rule of the failure handler, or with more than before.</param>
/// <param name="Limit">How many of its kind there may be in this run.</param>
/// <param name="Script">Runs before the command, which starts only if it ends with 0; null for none.</param>
/// <param name="Memory">What the job gets from now on; null for what it had.</param>
/// <param name="Runtime">How long it may take from now on; null for as long as before.</param>
public sealed record Retry(
    int Attempt,
    OutcomeKind Kind,
    int? ExitCode,
    int Number,
    int Limit,
    string? Script = null,
    MemorySize? Memory = null,
    TimeSpan? Runtime = null)
{
    /// <summary>It is for want of memory or time, and not for a rule of the failure handler.</summary>
    public bool IsRaise => Memory is not null || Runtime is not null;
}
