using Microsoft.EntityFrameworkCore;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Metrics;
using Torc.Shared.Placement;
using Torc.Shared.Quantities;
using Torc.Web.Data;
using Torc.Web.Engine;

namespace Torc.Web.Nodes;

internal sealed class NodeQueries(Func<TorcDbContext> open, WorkflowEngine engine) : INodeQueries
{
    public async Task<IReadOnlyList<NodeView>> ListAsync(CancellationToken cancel) =>
        await engine.ReadAsync(state => state.Nodes.OrderBy(node => node.Id.Value).Select(node => node.View()).ToList(), cancel);

    public Task<UsageView> UsageAsync(CancellationToken cancel) => engine.ReadAsync(state => state.Usage(workflow: null), cancel);

    /// <summary>What every node is called that ever connected.</summary>
    public async Task<IReadOnlyDictionary<NodeId, string>> NamesAsync(CancellationToken cancel)
    {
        await using var db = open();
        return await db.Nodes.AsNoTracking().ToDictionaryAsync(row => new NodeId(row.Id), row => row.Name, cancel);
    }

    /// <returns>At most so many points, oldest first; null if there is no such node.</returns>
    public async Task<IReadOnlyList<SampleView>?> SamplesAsync(NodeId node, int most, DateTimeOffset since, CancellationToken cancel)
    {
        await using var db = open();
        if (!await db.Nodes.AnyAsync(row => row.Id == node.Value, cancel))
        {
            return null;
        }

        // Rows first: those that are packed meanwhile are found twice, and none is missed.
        var rows = await db.NodeSamples.AsNoTracking().Where(row => row.NodeId == node.Value).OrderBy(row => row.At).ToListAsync(cancel);
        var chunks = await db.NodeSampleChunks.AsNoTracking().Where(row => row.NodeId == node.Value).OrderBy(row => row.FirstAt).Select(row => row.Data).ToListAsync(cancel);
        return [.. Downsampling.To(most, [.. PointRow.Series(rows, chunks).Where(point => point.At >= since)]).Select(SampleView.Of)];
    }

    /// <summary>What every node offers that ever connected.</summary>
    public async Task<IReadOnlyList<NodeCapacity>> CapacitiesAsync(CancellationToken cancel)
    {
        await using var db = open();
        var rows = await db.Nodes.AsNoTracking().ToListAsync(cancel);
        return [.. rows.Select(row => new NodeCapacity(
            row.Cpus, new MemorySize(row.MemoryBytes), row.Gpus, MaxParallelJobs: row.MaxParallelJobs, Scheduler: row.Scheduler, Labels: LabelColumn.Read(row.Labels)))];
    }
}
