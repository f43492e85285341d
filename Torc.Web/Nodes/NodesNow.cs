using Torc.Shared.Contracts;
using Torc.Shared.Jobs;

namespace Torc.Web.Nodes;

/// <summary>All nodes at one moment, and what is used of them.</summary>
internal sealed record NodesNow(IReadOnlyList<NodeView> Nodes, UsageView Usage)
{
    /// <returns>Null if nothing is known of the last half minute.</returns>
    public SampleView? UseOf(NodeId node) => Usage.Nodes.FirstOrDefault(one => one.Id == node)?.Now;

    public IReadOnlyList<JobUsageView> JobsOf(NodeView node) => [.. Usage.Jobs.Where(job => job.Node == node.Name)];
}
