namespace Torc.Shared.Jobs;

/// <summary>How an attempt ended, apart from its exit code. The numbers are stored, so they never change.</summary>
public enum OutcomeKind
{
    /// <summary>The command ended by itself, with an exit code.</summary>
    Exit = 0,

    /// <summary>A signal ended the command, and Torc did not send it.</summary>
    Signal = 1,

    OutOfMemory = 2,
    Timeout = 3,

    /// <summary>The command ended with 0, but a file that it should have written is not there.</summary>
    MissingOutput = 4,

    Canceled = 5,
    Terminated = 6,

    /// <summary>The attempt was ended because a newer one holds the job.</summary>
    Fenced = 7,

    /// <summary>The node, or the keeper that watched the command, went away: nobody knows how it ended.</summary>
    NodeLost = 8,

    /// <summary>The command could not be started.</summary>
    SpawnError = 9,
}
