namespace Torc.Shared.Workflows;

/// <summary>What sets an action of a spec off. The numbers are stored, so they never change.</summary>
public enum ActionTrigger
{
    /// <summary>A run begins: the action comes before every job.</summary>
    OnWorkflowStart = 0,

    /// <summary>A run ends: the action comes after everything else.</summary>
    OnWorkflowComplete = 1,

    /// <summary>All that some jobs wait for has ended: the action comes between that and them.</summary>
    OnJobsReady = 2,

    /// <summary>Some jobs have ended, however they did.</summary>
    OnJobsComplete = 3,

    /// <summary>The worker of a run begins, which on one machine is its agent: after <see cref="OnWorkflowStart"/>.</summary>
    OnWorkerStart = 4,

    /// <summary>The worker of a run ends: before <see cref="OnWorkflowComplete"/>.</summary>
    OnWorkerComplete = 5,
}
