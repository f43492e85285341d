using Torc.Shared.Reruns;

namespace Torc.Shared.Contracts;

/// <summary>What another spec does to a workflow, or did.</summary>
/// <param name="Version">The number that the spec has, or would have.</param>
/// <param name="IsApplied">Otherwise nothing was stored.</param>
/// <param name="IsRunning">The workflow runs, so its spec cannot be changed now.</param>
/// <param name="Renames">New jobs that do what a job did that is no more: perhaps they are the same under another name.</param>
public sealed record SpecChangeView(
    int Version,
    bool IsApplied,
    bool IsRunning,
    IReadOnlyList<string> Added,
    IReadOnlyList<string> Removed,
    IReadOnlyList<ChangedJob> Changed,
    IReadOnlyList<RenamedJob> Renames);
