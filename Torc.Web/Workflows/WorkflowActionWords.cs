using Torc.Shared.Contracts;
using Torc.Shared.Reruns;
using Torc.Shared.Workflows;
using Torc.Web.Reruns;

namespace Torc.Web.Workflows;

/// <summary>Says what an action does to workflows, and to which it can be done.</summary>
internal static class WorkflowActionWords
{
    public static IReadOnlyList<WorkflowAction> All { get; } = Enum.GetValues<WorkflowAction>();

    public static string Button(WorkflowAction action) => action switch
    {
        WorkflowAction.Run => "Run",
        WorkflowAction.Stop => "Stop",
        WorkflowAction.RerunFailed => "Rerun failed…",
        _ => "Rerun all…",
    };

    /// <summary>For tests and scripts.</summary>
    public static string Name(WorkflowAction action) => action switch
    {
        WorkflowAction.Run => "run",
        WorkflowAction.Stop => "stop",
        WorkflowAction.RerunFailed => "rerun-failed",
        _ => "rerun-all",
    };

    /// <summary>Why an action does not apply to a workflow, by all that its row says of it.</summary>
    /// <returns>Null if it may.</returns>
    public static string? WhyNot(WorkflowAction action, WorkflowView workflow) => (action, workflow.Status) switch
    {
        (WorkflowAction.Run, WorkflowStatus.Uninitialized) => null,
        (WorkflowAction.Run, _) => "It was started before: rerun it.",
        (WorkflowAction.Stop, WorkflowStatus.Running) => null,
        (WorkflowAction.Stop, _) => "It does not run.",
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
                WorkflowAction.Run => "All of them were started before: rerun them.",
                WorkflowAction.Stop => "None of them runs.",
                _ => "None of them has had a run yet: run them.",
            };
    }

    /// <summary>Such as "Stop 2 workflows?".</summary>
    public static string Question(WorkflowAction action, int count) => action switch
    {
        WorkflowAction.Run => $"Run {Workflows(count)}?",
        WorkflowAction.Stop => $"Stop {Workflows(count)}? Every job of {(count == 1 ? "it" : "them")} that waits or runs ends.",
        WorkflowAction.RerunFailed => $"Rerun what failed of {Workflows(count)}, and what waits for that?",
        _ => $"Rerun every job of {Workflows(count)}?",
    };

    /// <summary>Such as "2 workflows were stopped.".</summary>
    public static string Done(WorkflowAction action, int count) => $"{Workflows(count)} {(count == 1 ? "was" : "were")} {(action switch
    {
        WorkflowAction.Run => "started",
        WorkflowAction.Stop => "stopped",
        _ => "started again",
    })}.";

    /// <summary>What becomes of so many jobs.</summary>
    public static string Jobs(WorkflowAction action, int count) => $"{RerunWords.Jobs(count)} {(action == WorkflowAction.Stop ? "end" : "run")}{(count == 1 ? "s" : "")}";

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
        : action == WorkflowAction.Stop
            ? $"torc stop {string.Join(' ', workflows.Select(workflow => workflow.Id))}"
            : string.Join('\n', workflows.Select(workflow => $"torc run {workflow.Id}"));
}
