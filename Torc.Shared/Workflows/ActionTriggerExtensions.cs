using static Torc.Shared.Workflows.ActionTrigger;

namespace Torc.Shared.Workflows;

public static class ActionTriggerExtensions
{
    /// <summary>Whether the jobs that set such an action off wait for it; otherwise it waits for them.</summary>
    public static bool ComesFirst(this ActionTrigger trigger) => trigger is OnWorkflowStart or OnWorkerStart or OnJobsReady;

    /// <summary>Whether such an action names its jobs; any other is about all of them.</summary>
    public static bool NamesJobs(this ActionTrigger trigger) => trigger is OnJobsReady or OnJobsComplete;
}
