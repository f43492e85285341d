using Torc.Shared.Graphs;
using Torc.Shared.Placement;

namespace Torc.Shared.Workflows;

/// <summary>A workflow as its spec says: valid, complete, every name resolved to a position. It never changes.</summary>
/// <param name="Graph">Which jobs wait for which, derived from files and user data and from what the user said.</param>
/// <param name="EarlyCutoff">Whether a rerun keeps a job whose inputs turn out to be as they were, unless it is told otherwise.</param>
/// <param name="UsePendingFailed">Whether a job that failed waits for somebody to decide what that means.</param>
/// <param name="SortMethod">What is looked at first when several of its jobs are ready.</param>
public sealed record WorkflowDefinition(
    string Name,
    string? Project,
    string? User,
    string? Description,
    MonitorDefinition Monitor,
    IReadOnlyList<JobDefinition> Jobs,
    IReadOnlyList<FileDefinition> Files,
    IReadOnlyList<UserDataDefinition> UserData,
    WorkflowGraph Graph,
    bool EarlyCutoff = false,
    bool UsePendingFailed = false,
    Recovery Recovery = Recovery.Off,
    SortMethod SortMethod = SortMethod.GpusRuntimeMemory)
{
    /// <summary>The jobs of the user that a job waits for. That it waits for an action is no part of what it is made of.</summary>
    public IEnumerable<int> BlockersOf(int job) => Graph.BlockersOf(job).ToArray().Where(blocker => !Jobs[blocker].IsAction);

    /// <summary>The jobs that set an action off, by position: those that it names, or else all of the user.</summary>
    public IEnumerable<int> JobsOf(int action) =>
        Jobs[action].Trigger!.Value.ComesFirst() ? Graph.DependentsOf(action).ToArray().Where(job => !Jobs[job].IsAction) : BlockersOf(action);
}
