using Torc.Shared.Contracts;
using Torc.Shared.Jobs;

namespace Torc.Web.Live;

/// <summary>What changed since a watcher last looked: each workflow and each job once, as it is now.</summary>
/// <param name="Sampled">Jobs with new samples.</param>
/// <param name="Deleted">Workflows that are not there any more.</param>
public sealed record LiveBatch(IReadOnlyList<WorkflowView> Workflows, IReadOnlyList<JobView> Jobs, IReadOnlyList<JobId> Sampled, IReadOnlyList<WorkflowId> Deleted);
