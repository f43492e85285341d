using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Workflows;
using Torc.Web.Reruns;

namespace Torc.Web.Workflows;

/// <summary>Says what an action does to jobs, and to which it can be done.</summary>
internal static class JobActionWords
{
    /// <summary>For tests and scripts.</summary>
    public static string Name(JobAction action) => action switch
    {
        JobAction.Stop => "stop",
        JobAction.TurnOff => "turn-off",
        JobAction.TurnOn => "turn-on",
        _ => "change-needs",
    };

    public static string Button(JobAction action, IReadOnlyCollection<JobView> jobs) => action switch
    {
        JobAction.Stop => IsDecision(jobs) ? "Let it fail" : "Stop",
        JobAction.TurnOff => "Turn off",
        JobAction.TurnOn => "Turn on",
        _ => "Change what it asks for…",
    };

    /// <summary>What is offered for some jobs; for what cannot be done now, <see cref="WhyNot"/> has the reason.</summary>
    public static IReadOnlyList<JobAction> Offered(IReadOnlyCollection<JobView> jobs) => (jobs.Any(IsOff), jobs.All(IsOff)) switch
    {
        (_, true) => [JobAction.Stop, JobAction.TurnOn, JobAction.ChangeNeeds],
        (true, _) => [JobAction.Stop, JobAction.TurnOff, JobAction.TurnOn, JobAction.ChangeNeeds],
        _ => [JobAction.Stop, JobAction.TurnOff, JobAction.ChangeNeeds],
    };

    /// <summary>Why an action does not apply.</summary>
    /// <returns>Null if it does to one of the jobs at least.</returns>
    public static string? WhyNot(JobAction action, WorkflowView workflow, IReadOnlyCollection<JobView> jobs)
    {
        var only = jobs.Count == 1 ? jobs.First() : null;
        return action switch
        {
            _ when jobs.Any(job => Applies(action, workflow, job)) => null,
            JobAction.Stop => only is null ? "None of these jobs waits or runs." : $"{only.Name} neither waits nor runs.",
            JobAction.TurnOff => only is { Status: JobStatus.Disabled } ? $"{only.Name} is off already." : $"What is on a node cannot be turned off: stop {(only is null ? "it" : only.Name)} first.",
            JobAction.TurnOn => "None of these jobs is off.",
            _ when workflow.Status == WorkflowStatus.Running => "Jobs wait or run by the spec that the workflow has. What they ask for can be changed when it has ended.",
            _ => "An action asks for what every job gets that names nothing.",
        };
    }

    public static bool Applies(JobAction action, WorkflowView workflow, JobView job) => action switch
    {
        JobAction.Stop => job.Status is JobStatus.Blocked or JobStatus.Ready or JobStatus.Pending or JobStatus.Running or JobStatus.PendingFailed,
        JobAction.TurnOff => !job.Status.HoldsNode() && !IsOff(job),
        JobAction.TurnOn => IsOff(job),
        _ => workflow.Status != WorkflowStatus.Running && job.Trigger is null,
    };

    /// <param name="jobs">Those that it applies to; at least one.</param>
    public static string Question(JobAction action, IReadOnlyCollection<JobView> jobs)
    {
        string what = jobs.Count == 1 ? jobs.First().Name : RerunWords.Jobs(jobs.Count);
        string them = jobs.Count == 1 ? "it" : "them";
        return action switch
        {
            JobAction.Stop when IsDecision(jobs) => $"Let {what} count as failed? What waits for {them} is cancelled.",
            JobAction.Stop => $"Stop {what}? {Ends(jobs)} What waits for {them} is cancelled.",
            JobAction.TurnOff => $"Turn off {what}? No run starts {them} until you turn {them} on, and what waits for {them} goes on without {them}.",
            JobAction.TurnOn => $"Turn on {what}? The next run may start {them}.",
            _ => $"What {what} {(jobs.Count == 1 ? "asks" : "ask")} for",
        };
    }

    /// <summary>The same as one would type it.</summary>
    public static string Command(JobAction action, WorkflowId workflow, IReadOnlyCollection<JobView> jobs) =>
        $"torc {Name(action)} {workflow}{string.Concat(jobs.Select(job => $" --job{(job.Name.StartsWith('-') ? '=' : ' ')}{RerunCommandLine.Quote(job.Name)}"))}";

    private static string Ends(IReadOnlyCollection<JobView> jobs)
    {
        int running = jobs.Count(job => job.Status.HoldsNode());
        return (running, jobs.Count) switch
        {
            (1, 1) => jobs.First().Node is { } node ? $"It ends on {node}." : "It ends on its node.",
            (0, _) => jobs.Count == 1 ? "It waits, and does not start." : "They wait, and do not start.",
            (_, var all) when running == all => "They end on their nodes.",
            _ => $"{RerunWords.Jobs(running)} {(running == 1 ? "ends on its node" : "end on their nodes")}, and the others do not start.",
        };
    }

    private static bool IsDecision(IReadOnlyCollection<JobView> jobs) => jobs.Count > 0 && jobs.All(job => job.Status == JobStatus.PendingFailed);

    private static bool IsOff(JobView job) => job.Status == JobStatus.Disabled;
}
