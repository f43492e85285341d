using Microsoft.EntityFrameworkCore;
using Torc.Shared.Jobs;
using Torc.Web.Data;

namespace Torc.Web.Jobs;

/// <summary>Where attempts ran.</summary>
internal sealed class JobLocationQueries(Func<TorcDbContext> open)
{
    /// <returns>Null if there is no such attempt.</returns>
    public async Task<(NodeId Id, string Name)?> NodeOfAsync(AttemptId attempt, CancellationToken cancel)
    {
        await using var db = open();
        var node = await db.Attempts.AsNoTracking()
            .Where(row => row.JobId == attempt.Job.Value && row.Number == attempt.Number)
            .Join(db.Nodes, row => row.NodeId, node => node.Id, (_, node) => new { node.Id, node.Name })
            .SingleOrDefaultAsync(cancel);
        return node is null ? null : (new NodeId(node.Id), node.Name);
    }
}
