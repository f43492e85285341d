namespace Torc.Agent.Client;

/// <summary>What <c>torc</c> returns to the shell. The numbers are promised.</summary>
internal enum ExitCode
{
    Ok = 0,
    Internal = 1,
    Usage = 2,

    /// <summary>The workflow ended, and some of its jobs not well.</summary>
    JobsFailed = 3,

    /// <summary>The workflow ended because somebody stopped it; no job failed by itself.</summary>
    Stopped = 4,

    NotFound = 5,
    NotAllowed = 6,
    ServerNotReachable = 7,

    /// <summary>The spec has errors; nothing was stored.</summary>
    Invalid = 8,

    Conflict = 9,

    /// <summary>What was waited for did not come in time.</summary>
    Timeout = 124,

    Interrupted = 130,
}
