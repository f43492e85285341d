using Torc.Shared.Jobs;
using Torc.Shared.Placement;

namespace Torc.Shared.Workflows;

/// <summary>One job as its spec says, with every name resolved.</summary>
/// <param name="Command">For a shell, with <c>${files…}</c> replaced by paths.</param>
/// <param name="InvocationScript">Runs the command: it gets the command as its arguments; null for none.</param>
/// <param name="Needs">What <paramref name="RequirementsName"/> stands for.</param>
/// <param name="RequirementsName">The name of the requirements in the spec; null if the job names none or writes its own.</param>
/// <param name="Priority">Higher goes first.</param>
/// <param name="Env">Added to the job's environment; the job's own entries have won over the workflow's.</param>
/// <param name="InputFiles">Positions in <see cref="WorkflowDefinition.Files"/>, as are the outputs.</param>
/// <param name="InputData">Positions in <see cref="WorkflowDefinition.UserData"/>, as are the outputs.</param>
/// <param name="OnLost">What happens when its node can no longer be heard.</param>
/// <param name="FailureRules">Of its failure handler, in their order; null for none.</param>
/// <param name="Trigger">What sets it off if it is an action of the spec, which Torc has made a job of; null for a job that the user wrote.</param>
/// <param name="Template">The name of the entry that parameters made copies of, as the spec has it: <c>sim_{i:04d}</c>; null for a job that stands alone.</param>
/// <param name="Parameters">The values that made this copy, as <see cref="JobParameters"/> writes them; null for none.</param>
public sealed record JobDefinition(
    string Name,
    string Command,
    string? InvocationScript,
    ResourceRequirements Needs,
    string? RequirementsName,
    int Priority,
    bool CancelOnBlockingJobFailure,
    IReadOnlyDictionary<string, string> Env,
    IReadOnlyList<int> InputFiles,
    IReadOnlyList<int> OutputFiles,
    IReadOnlyList<int> InputData,
    IReadOnlyList<int> OutputData,
    OnLost OnLost = OnLost.Hold,
    IReadOnlyList<FailureRule>? FailureRules = null,
    ActionTrigger? Trigger = null,
    string? Template = null,
    string? Parameters = null)
{
    public bool IsAction => Trigger is not null;
}
