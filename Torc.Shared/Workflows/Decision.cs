using Torc.Shared.Jobs;

namespace Torc.Shared.Workflows;

/// <summary>What became of a workflow: to be stored all or nothing, and then told.</summary>
/// <param name="Moves">Each moved job as it is now, in the order in which the moves happened; a job may move twice.</param>
/// <param name="Answer">How the job that the news was about took it.</param>
/// <param name="Became">The workflow's new status; null if it has the old one.</param>
public sealed record Decision(IReadOnlyList<JobState> Moves, Transition? Answer, WorkflowStatus? Became);
