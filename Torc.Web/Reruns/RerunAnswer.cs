using Torc.Shared.Contracts;

namespace Torc.Web.Reruns;

/// <summary>What became of a wish to run jobs again.</summary>
/// <param name="Plan">As it is now.</param>
/// <param name="IsOther">It is not the plan that was seen, so nothing was started.</param>
/// <param name="Started">The workflow in its new run; null if nothing was started.</param>
/// <param name="IsArchived">The workflow was put away, so nothing was started.</param>
public sealed record RerunAnswer(RerunPlanView Plan, bool IsOther, WorkflowView? Started, bool IsArchived = false);
