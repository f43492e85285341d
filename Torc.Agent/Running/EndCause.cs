using Torc.Shared.Jobs;

namespace Torc.Agent.Running;

/// <summary>Why an attempt is to end although its command goes on.</summary>
/// <param name="Detail">For people; null if only the end tells, such as how long it ran.</param>
internal sealed record EndCause(OutcomeKind Kind, string? Detail = null)
{
    public static EndCause RuntimeOver { get; } = new(OutcomeKind.Timeout);

    public static EndCause MemoryOver { get; } = new(OutcomeKind.OutOfMemory);

    public static EndCause Dropped { get; } = new(OutcomeKind.Fenced);

    public static EndCause KeeperStops { get; } = new(OutcomeKind.Terminated, "the keeper was told to stop");
}
