using Microsoft.EntityFrameworkCore;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Quantities;
using Torc.Shared.Texts;
using Torc.Web.Data;

namespace Torc.Web.Workflows;

/// <summary>When the attempts of a run were sent, started and ended.</summary>
internal sealed class TimelineQueries(Func<TorcDbContext> open)
{
    private const int MostAttempts = 2_000;
    private const int MostRuns = 20;

    /// <param name="run">From 1; null for the newest.</param>
    /// <returns>Null if there is no such workflow, or no such run.</returns>
    public async Task<TimelineView?> OfAsync(WorkflowId workflow, int? run, CancellationToken cancel)
    {
        await using var db = open();
        if (!await db.Workflows.AnyAsync(row => row.Id == workflow.Value, cancel))
        {
            return null;
        }

        var runs = db.Runs.AsNoTracking().Where(row => row.WorkflowId == workflow.Value);
        var found = await (run is { } number ? runs.Where(row => row.Number == number) : runs.OrderByDescending(row => row.Number)).FirstOrDefaultAsync(cancel);
        if (found is null)
        {
            return run is null ? new TimelineView(0, null, null, 0, []) : null;
        }

        var all = db.Attempts.AsNoTracking().Where(row => row.WorkflowId == workflow.Value && row.Run == found.Number);
        var rows = await all.OrderByDescending(row => row.AssignedAt).ThenByDescending(row => row.JobId).Take(MostAttempts)
            .Select(row => new
            {
                Attempt = row,
                Job = db.Jobs.Where(job => job.Id == row.JobId).Select(job => new { job.Name, job.Template }).First(),
                Node = db.Nodes.Where(node => node.Id == row.NodeId).Select(node => node.Name).First(),
            })
            .ToListAsync(cancel);
        var usual = await UsualAsync(db, workflow, found.Number, [.. rows.Select(row => row.Attempt.JobId).Distinct()], cancel);
        return new TimelineView(
            found.Number,
            found.StartedAt,
            found.EndedAt,
            rows.Count < MostAttempts ? rows.Count : await all.CountAsync(cancel),
            [.. rows.AsEnumerable().Reverse().Select(row => new TimelineAttempt(
                new JobId(row.Attempt.JobId), row.Job.Name, NameFamily.Stem(row.Job.Template ?? NameFamily.WithoutNumbers(row.Job.Name)), row.Attempt.Number, row.Node, row.Attempt.AssignedAt, row.Attempt.StartedAt, row.Attempt.EndedAt, row.Attempt.Outcome, row.Attempt.ExitCode, usual.GetValueOrDefault(row.Attempt.JobId)))]);
    }

    // What each of the jobs took in the runs before one.
    private static async Task<Dictionary<long, TimeSpan?>> UsualAsync(TorcDbContext db, WorkflowId workflow, int run, long[] jobs, CancellationToken cancel)
    {
        if (run <= 1)
        {
            return [];
        }

        var earlier = await db.Attempts.AsNoTracking()
            .Where(row => row.WorkflowId == workflow.Value && row.Run < run && row.Run >= run - MostRuns && row.Outcome == OutcomeKind.Exit && row.ExitCode == 0 && jobs.Contains(row.JobId))
            .Select(row => new { row.JobId, row.StartedAt, row.EndedAt })
            .ToListAsync(cancel);
        return earlier.GroupBy(row => row.JobId).ToDictionary(of => of.Key, of => Median.Of(of.Select(row => row.EndedAt - row.StartedAt).OfType<TimeSpan>()));
    }
}
