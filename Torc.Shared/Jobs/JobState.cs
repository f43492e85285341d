using Torc.Shared.Quantities;

namespace Torc.Shared.Jobs;

/// <summary>All that the state machine knows of a job.</summary>
/// <param name="Attempt">The number of the newest attempt: 0 before the first. It fences off late reports.</param>
/// <param name="Node">The node that holds the job; null unless it is pending or running.</param>
/// <param name="Outcome">How the newest attempt ended; null while it is open, or if there was none in this run.</param>
/// <param name="FailedBlocker">The job that failed and canceled this one, however far upstream; null if none did.</param>
/// <param name="StopReason">Why somebody wants it to end, such as "stopped by ann"; null if nobody does.</param>
/// <param name="Losses">How many attempts were lost with their nodes and given out again: a job that kills its nodes must not kill all of them.</param>
/// <param name="Again">Whether it is to run once more when its open attempt has ended.</param>
/// <param name="Reuse">Whether its earlier result may count, or does.</param>
/// <param name="Retries">How often a rule of its failure handler had it run again in this run.</param>
/// <param name="Raises">How often it got more memory or time in this run.</param>
/// <param name="RaisedMemory">What it gets if its spec says less; zero if it never got more.</param>
/// <param name="RaisedRuntime">How long it may take if its spec says less; zero if it never got more.</param>
/// <param name="Retry">The newest of both; null if there was none in this run.</param>
/// <param name="Version">The workflow's version at this job's last move: newer is greater.</param>
public sealed record JobState(
    JobId Id,
    JobStatus Status,
    int Attempt = 0,
    NodeId? Node = null,
    Outcome? Outcome = null,
    JobId? FailedBlocker = null,
    string? StopReason = null,
    int Losses = 0,
    bool Again = false,
    Reuse Reuse = Reuse.None,
    int Retries = 0,
    int Raises = 0,
    MemorySize RaisedMemory = default,
    TimeSpan RaisedRuntime = default,
    Retry? Retry = null,
    long Version = 0)
{
    public AttemptId NewestAttempt => new(Id, Attempt);

    /// <summary>Its newest attempt was lost with its node, and nobody knows how that ended: a word of it may still come.</summary>
    public bool AwaitsLateEnd => Status == JobStatus.Ready && Losses > 0 && Retry?.Attempt != Attempt;
}
