using Torc.Shared.Contracts;
using Torc.Shared.Jobs;

namespace Torc.Web.Nodes;

/// <summary>All nodes at one moment, and what is used of them.</summary>
internal sealed record NodesNow(IReadOnlyList<NodeView> Nodes, UsageView Usage)
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(2);

    /// <summary>Looks again and again until it is canceled. It asks for what is in memory, so that many open pages cost little.</summary>
    public static async Task FollowAsync(INodeQueries queries, TimeProvider time, Func<NodesNow, Task> show, CancellationToken cancel)
    {
        try
        {
            while (true)
            {
                await show(new NodesNow(await queries.ListAsync(cancel), await queries.UsageAsync(cancel)));
                await Task.Delay(Tick, time, cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The page was closed.
        }
    }

    /// <returns>Null if nothing is known of the last half minute.</returns>
    public SampleView? UseOf(NodeId node) => Usage.Nodes.FirstOrDefault(one => one.Id == node)?.Now;

    public IReadOnlyList<JobUsageView> JobsOf(NodeView node) => [.. Usage.Jobs.Where(job => job.Node == node.Name)];
}
