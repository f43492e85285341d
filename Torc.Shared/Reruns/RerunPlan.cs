namespace Torc.Shared.Reruns;

/// <summary>What a rerun would do, before anything is started.</summary>
/// <param name="Jobs">All of them, in the order of the definition.</param>
/// <param name="Warnings">What could not be looked at.</param>
public sealed record RerunPlan(IReadOnlyList<PlannedJob> Jobs, IReadOnlyList<string> Warnings)
{
    public IEnumerable<PlannedJob> Runs => Jobs.Where(job => job.Action == PlannedAction.Run);

    public IEnumerable<PlannedJob> MayRun => Jobs.Where(job => job.Action == PlannedAction.MayRun);

    public IEnumerable<PlannedJob> Kept => Jobs.Where(job => job.Action == PlannedAction.Keep);

    public bool IsEmpty => !Jobs.Any(job => job.Action != PlannedAction.Keep);
}
