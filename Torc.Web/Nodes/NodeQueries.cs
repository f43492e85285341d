using Microsoft.EntityFrameworkCore;
using Torc.Shared.Jobs;
using Torc.Shared.Placement;
using Torc.Shared.Quantities;
using Torc.Web.Data;

namespace Torc.Web.Nodes;

internal sealed class NodeQueries(Func<TorcDbContext> open)
{
    /// <summary>What every node is called that ever connected.</summary>
    public async Task<IReadOnlyDictionary<NodeId, string>> NamesAsync(CancellationToken cancel)
    {
        await using var db = open();
        return await db.Nodes.AsNoTracking().ToDictionaryAsync(row => new NodeId(row.Id), row => row.Name, cancel);
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
