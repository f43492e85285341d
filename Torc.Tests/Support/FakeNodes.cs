using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Placement;
using Torc.Shared.Quantities;
using Torc.Web.Nodes;

namespace Torc.Tests.Support;

/// <summary>Two nodes: one with a GPU that works, one that is not heard any more.</summary>
internal sealed class FakeNodes : INodeQueries
{
    private static readonly NodeCapacity Large = new(16, MemorySize.Gibibytes(64), 2);
    private static readonly NodeCapacity Small = new(4, MemorySize.Gibibytes(8), 0, Labels: ["bigmem"]);

    public List<NodeView> Nodes { get; } =
    [
        new(new NodeId(1), "n1", IsConnected: true, FakeWorkflows.Start, "1.2.3", Large, new NodeCapacity(12, MemorySize.Gibibytes(32), 1), MemoryGuard.CgroupV2, 1),
        new(new NodeId(2), "n2", IsConnected: false, FakeWorkflows.Start, "1.2.3", Small, Small, MemoryGuard: null, 0),
    ];

    public SampleView Now { get; set; } = new(FakeWorkflows.Start, 310, MemorySize.Gibibytes(20), 1, 0, 0, 95, MemorySize.Gibibytes(30));

    public Task<IReadOnlyList<NodeView>> ListAsync(CancellationToken cancel) => Task.FromResult<IReadOnlyList<NodeView>>([.. Nodes]);

    public Task<UsageView> UsageAsync(CancellationToken cancel) => Task.FromResult(new UsageView(
        [.. Nodes.Select(node => new NodeUsageView(node.Id, node.Name, node.IsConnected, node.Capacity, node.Free, node.Jobs, node.IsConnected ? Now : null))],
        [
            new JobUsageView(
                new JobId(7), "train", new WorkflowId(3), "model", 1, "n1", FakeWorkflows.Start, new ResourceRequirements(4, MemorySize.Gibibytes(32), 1, 1, TimeSpan.FromHours(1)), Now),
        ]));
}
