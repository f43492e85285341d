using Microsoft.EntityFrameworkCore;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Web.Data;

namespace Torc.Web.Logs;

/// <summary>Where the logs of attempts are, and which are still to be fetched.</summary>
internal sealed class LogQueries(Func<TorcDbContext> open)
{
    /// <returns>Null if there is no such attempt.</returns>
    public async Task<LogPlace?> FindAsync(AttemptId attempt, CancellationToken cancel)
    {
        await using var db = open();
        var found = await db.Attempts.AsNoTracking()
            .Where(row => row.JobId == attempt.Job.Value && row.Number == attempt.Number)
            .Join(db.Nodes, row => row.NodeId, node => node.Id, (row, node) => new { row.StartedAt, row.EndedAt, row.StdoutBytes, row.StderrBytes, row.LogsDueOn, node.Id, node.Name })
            .SingleOrDefaultAsync(cancel);
        return found is null
            ? null
            : new LogPlace(new NodeId(found.Id), found.Name, found.StartedAt, found.EndedAt, Lengths(found.StdoutBytes, found.StderrBytes), found.LogsDueOn is null);
    }

    /// <returns>How many attempts a job has; null if there is no such job.</returns>
    public async Task<(string Name, int Attempts)?> JobAsync(JobId job, CancellationToken cancel)
    {
        await using var db = open();
        var found = await db.Jobs.AsNoTracking().Where(row => row.Id == job.Value).Select(row => new { row.Name, row.Attempt }).SingleOrDefaultAsync(cancel);
        return found is null ? null : (found.Name, found.Attempt);
    }

    /// <summary>Lists logs that are still to be fetched from a node.</summary>
    public async Task<IReadOnlyList<DueLogs>> DueAsync(NodeId node, int atMost, CancellationToken cancel)
    {
        await using var db = open();
        var rows = await db.Attempts.AsNoTracking()
            .Where(row => row.LogsDueOn == node.Value)
            .OrderBy(row => row.JobId).ThenBy(row => row.Number)
            .Take(atMost)
            .Select(row => new { row.JobId, row.Number, row.StdoutBytes, row.StderrBytes, row.EndedAt })
            .ToListAsync(cancel);
        return [.. rows.Select(row => new DueLogs(
            new AttemptId(new JobId(row.JobId), row.Number), Lengths(row.StdoutBytes, row.StderrBytes) ?? new LogLengths(0, 0), row.EndedAt ?? DateTimeOffset.UnixEpoch))];
    }

    private static LogLengths? Lengths(long? stdout, long? stderr) => stdout is { } one && stderr is { } other ? new LogLengths(one, other) : null;
}
