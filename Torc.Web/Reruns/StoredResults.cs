using Torc.Shared.Jobs;
using Torc.Shared.Reruns;

namespace Torc.Web.Reruns;

/// <summary>What is stored of how the jobs of a workflow last ended well.</summary>
/// <param name="Nodes">Where they ran.</param>
/// <param name="Contents">What was ever read of the workflow's files.</param>
internal sealed record StoredResults(
    IReadOnlyDictionary<JobId, JobResult> Results, IReadOnlyDictionary<JobId, NodeId> Nodes, KnownContents Contents);
