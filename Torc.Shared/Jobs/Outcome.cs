namespace Torc.Shared.Jobs;

/// <summary>How one attempt ended.</summary>
/// <param name="ExitCode">What the command returned, 0 to 255; 128 plus the number of the signal that ended it; null if it never ran or nobody saw its end.</param>
/// <param name="Detail">What a person should know beyond that: the missing file, the signal's name, why it could not start.</param>
public sealed record Outcome(OutcomeKind Kind, int? ExitCode = null, string? Detail = null)
{
    /// <summary>The one way to end well.</summary>
    public bool Succeeded => Kind == OutcomeKind.Exit && ExitCode == 0;

    /// <summary>The command came to this end by itself or by its own use of the node, and not because Torc gave it up.</summary>
    public bool IsOwnDoing =>
        Kind is OutcomeKind.Exit or OutcomeKind.Signal or OutcomeKind.OutOfMemory or OutcomeKind.Timeout or OutcomeKind.MissingOutput;

    /// <summary>The status of a job whose newest attempt ended like this.</summary>
    public JobStatus Status => Kind switch
    {
        OutcomeKind.Exit when ExitCode == 0 => JobStatus.Completed,
        OutcomeKind.Timeout or OutcomeKind.Terminated or OutcomeKind.Fenced => JobStatus.Terminated,
        OutcomeKind.Canceled => JobStatus.Canceled,
        _ => JobStatus.Failed,
    };
}
