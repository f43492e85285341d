using Torc.Shared.Contracts;
using Torc.Shared.Reruns;
using Torc.Shared.Workflows;
using Torc.Web.Reruns;

namespace Torc.Web.Workflows;

/// <summary>Says what an action does to workflows, and to which it can be done.</summary>
internal static class WorkflowActionWords
{
    /// <summary>All that one may want to do to workflows: those that are archived can only be unarchived, and the others only archived.</summary>
    public static IEnumerable<WorkflowAction> Offered(IReadOnlyCollection<WorkflowView> workflows)
    {
        var other = workflows.All(workflow => workflow.ArchivedAt is not null) ? WorkflowAction.Archive : WorkflowAction.Unarchive;
        return Enum.GetValues<WorkflowAction>().Where(action => action != other);
    }

    public static string Button(WorkflowAction action) => action switch
    {
        WorkflowAction.Run => "Run",
        WorkflowAction.Stop => "Stop",
        WorkflowAction.RerunFailed => "Rerun failed…",
        WorkflowAction.RerunAll => "Rerun all…",
        WorkflowAction.Archive => "Archive",
        WorkflowAction.Unarchive => "Unarchive",
        _ => "Delete…",
    };

    /// <summary>For tests and scripts.</summary>
    public static string Name(WorkflowAction action) => action switch
    {
        WorkflowAction.Run => "run",
        WorkflowAction.Stop => "stop",
        WorkflowAction.RerunFailed => "rerun-failed",
        WorkflowAction.RerunAll => "rerun-all",
        WorkflowAction.Archive => "archive",
        WorkflowAction.Unarchive => "unarchive",
        _ => "delete",
    };

    /// <summary>Why an action does not apply to a workflow, by all that its row says of it.</summary>
    /// <returns>Null if it may.</returns>
    public static string? WhyNot(WorkflowAction action, WorkflowView workflow) => (action, workflow.Status) switch
    {
        (WorkflowAction.Stop, WorkflowStatus.Running) => null,
        (WorkflowAction.Stop, _) => "It does not run.",
        (WorkflowAction.Archive or WorkflowAction.Delete, WorkflowStatus.Running) => "It runs: stop it first, or wait for its end.",
        (WorkflowAction.Archive, _) => workflow.ArchivedAt is null ? null : "It is archived already.",
        (WorkflowAction.Unarchive, _) => workflow.ArchivedAt is null ? "It is not archived." : null,
        (WorkflowAction.Delete, _) => null,
        (_, _) when workflow.ArchivedAt is not null => "It is archived: unarchive it first.",
        (WorkflowAction.Run, WorkflowStatus.Uninitialized) => null,
        (WorkflowAction.Run, _) => "It was started before: rerun it.",
        (_, WorkflowStatus.Uninitialized) => "It has had no run yet: run it.",
        _ => null,
    };

    /// <summary>Why it applies to none of several.</summary>
    /// <returns>Null if it does to one of them.</returns>
    public static string? WhyNot(WorkflowAction action, IReadOnlyCollection<WorkflowView> workflows)
    {
        string[] reasons = [.. workflows.Select(workflow => WhyNot(action, workflow)).OfType<string>().Distinct()];
        return workflows.Any(workflow => WhyNot(action, workflow) is null) ? null
            : workflows.Count == 1 ? reasons[0]
            : action switch
            {
                WorkflowAction.Stop => "None of them runs.",
                WorkflowAction.Archive or WorkflowAction.Delete => "All of them run: stop them first, or wait for their end.",
                WorkflowAction.Unarchive => "None of them is archived.",
                _ when reasons is [{ } same] && workflows.All(workflow => workflow.ArchivedAt is not null) => same.Replace("It is", "All of them are", StringComparison.Ordinal).Replace("unarchive it", "unarchive them", StringComparison.Ordinal),
                WorkflowAction.Run => "All of them were started before: rerun them.",
                _ => "None of them has had a run yet: run them.",
            };
    }

    /// <summary>Such as "Stop 2 workflows?".</summary>
    public static string Question(WorkflowAction action, int count) => action switch
    {
        WorkflowAction.Run => $"Run {Workflows(count)}?",
        WorkflowAction.Stop => $"Stop {Workflows(count)}? Every job of {(count == 1 ? "it" : "them")} that waits or runs ends.",
        WorkflowAction.RerunFailed => $"Rerun what failed of {Workflows(count)}, and what waits for that?",
        WorkflowAction.RerunAll => $"Rerun every job of {Workflows(count)}?",
        WorkflowAction.Archive when count == 1 => "Archive 1 workflow? It is not listed any more, and no run of it starts, until it is unarchived. Nothing is lost.",
        WorkflowAction.Archive => $"Archive {Workflows(count)}? They are not listed any more, and no run of them starts, until they are unarchived. Nothing is lost.",
        WorkflowAction.Unarchive => $"Unarchive {Workflows(count)}?",
        _ => $"Delete {Workflows(count)} for good? Torc forgets {(count == 1 ? "its" : "their")} jobs, runs, events, values and logs, and cannot bring them back. Files that the jobs wrote stay.",
    };

    /// <summary>Such as "2 workflows were stopped.".</summary>
    public static string Done(WorkflowAction action, int count) => $"{Workflows(count)} {(count == 1 ? "was" : "were")} {(action switch
    {
        WorkflowAction.Run => "started",
        WorkflowAction.Stop => "stopped",
        WorkflowAction.Archive => "archived",
        WorkflowAction.Unarchive => "unarchived",
        WorkflowAction.Delete => "deleted",
        _ => "started again",
    })}.";

    /// <summary>What becomes of one of them.</summary>
    public static string Becomes(WorkflowAction action, WorkflowActionStep step) => action switch
    {
        WorkflowAction.Archive => "is put away",
        WorkflowAction.Unarchive => "is listed again",
        WorkflowAction.Delete => $"{RerunWords.Jobs(step.Jobs)}{(step.Workflow.Run == 0 ? "" : $" and {RerunWords.Count(step.Workflow.Run)} {(step.Workflow.Run == 1 ? "run" : "runs")}")} are forgotten",
        _ => $"{RerunWords.Jobs(step.Jobs)} {(action == WorkflowAction.Stop ? "end" : "run")}{(step.Jobs == 1 ? "s" : "")}",
    };

    public static string Workflows(int count) => count == 1 ? "1 workflow" : $"{RerunWords.Count(count)} workflows";

    public static RerunScope? ScopeOf(WorkflowAction action) => action switch
    {
        WorkflowAction.RerunFailed => RerunScope.Failed,
        WorkflowAction.RerunAll => RerunScope.All,
        _ => null,
    };

    /// <summary>The same as one would type it.</summary>
    public static string Command(WorkflowAction action, IReadOnlyCollection<WorkflowView> workflows) => ScopeOf(action) is { } scope
        ? string.Join('\n', workflows.Select(workflow => RerunCommandLine.Of(workflow.Id, new RerunRequest(scope))))
        : action == WorkflowAction.Run
            ? string.Join('\n', workflows.Select(workflow => $"torc run {workflow.Id}"))
            : $"torc {Name(action)} {string.Join(' ', workflows.Select(workflow => workflow.Id))}";

    /// <summary>Whether it ends or loses something.</summary>
    public static bool IsGrave(WorkflowAction action) => action is WorkflowAction.Stop or WorkflowAction.Delete;
}
