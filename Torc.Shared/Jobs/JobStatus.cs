namespace Torc.Shared.Jobs;

/// <summary>Where a job stands. The numbers are stored and are those of torc 0.12, so they never change.</summary>
public enum JobStatus
{
    /// <summary>The workflow is a draft: nothing was started yet.</summary>
    Uninitialized = 0,

    /// <summary>Waits for other jobs.</summary>
    Blocked = 1,

    /// <summary>Waits for room on a node, and for nothing else.</summary>
    Ready = 2,

    /// <summary>Given to an agent, which has not yet said that it runs.</summary>
    Pending = 3,

    Running = 4,
    Completed = 5,
    Failed = 6,

    /// <summary>Never ran, and will not: a blocker failed or a person said so.</summary>
    Canceled = 7,

    /// <summary>Was ended before it was done.</summary>
    Terminated = 8,

    /// <summary>Turned off by a person: no run starts it.</summary>
    Disabled = 9,

    /// <summary>Failed, and a person has to decide what that means.</summary>
    PendingFailed = 10,
}
