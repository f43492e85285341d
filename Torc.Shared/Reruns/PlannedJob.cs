namespace Torc.Shared.Reruns;

/// <param name="Position">In the definition.</param>
/// <param name="Reasons">At least one; the first is the one to show.</param>
public sealed record PlannedJob(int Position, PlannedAction Action, IReadOnlyList<RerunReason> Reasons);
