namespace Torc.Agent.Running;

/// <summary>What is to be done to an attempt now.</summary>
internal enum Rung
{
    Nothing,

    /// <summary>Ask all of its processes to end: SIGTERM.</summary>
    Terminate,

    /// <summary>End all of its processes: SIGKILL.</summary>
    Kill,

    /// <summary>Say that they do not end, and wait no longer.</summary>
    GiveUp,
}
