using Torc.Shared.Jobs;

namespace Torc.Shared.Placement;

/// <summary>A job that waits for nothing but room.</summary>
/// <param name="Priority">Higher goes first.</param>
/// <param name="RemainingDepth">Jobs on the longest path from this one to the end of its workflow, itself included.</param>
/// <param name="SortMethod">Of its workflow.</param>
/// <param name="ReadySince">By the clock by which holds are counted; it is no part of the order.</param>
public sealed record ReadyJob(
    JobId Id, ResourceRequirements Needs, int Priority, int RemainingDepth, SortMethod SortMethod = SortMethod.GpusRuntimeMemory, TimeSpan ReadySince = default);
