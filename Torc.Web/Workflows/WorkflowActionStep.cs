using Torc.Shared.Contracts;

namespace Torc.Web.Workflows;

/// <summary>What an action would do to one of several workflows.</summary>
/// <param name="Jobs">To how many of its jobs.</param>
/// <param name="Plan">What was planned, so that this and nothing else is done; null where there is no plan.</param>
/// <param name="Refusal">Why it is left as it is; null if it is not.</param>
internal sealed record WorkflowActionStep(WorkflowView Workflow, int Jobs = 0, string? Plan = null, string? Refusal = null);
