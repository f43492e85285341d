using Torc.Shared.Contracts;
using Torc.Shared.Jobs;

namespace Torc.Web.Live;

/// <summary>What is new about a workflow, and the store already says so.</summary>
/// <param name="Jobs">Those that changed.</param>
/// <param name="Sampled">Jobs with new samples.</param>
/// <param name="IsDeleted">It is not there any more.</param>
public sealed record WorkflowChange(WorkflowView Workflow, IReadOnlyList<JobView> Jobs, IReadOnlyList<JobId> Sampled, bool IsDeleted = false);
