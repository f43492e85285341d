using Microsoft.EntityFrameworkCore;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Quantities;
using Torc.Web.Data;

namespace Torc.Web.Reruns;

/// <summary>Reads what the runs of a workflow were, and what they made of its jobs.</summary>
internal sealed class RunQueries(Func<TorcDbContext> open) : IRunQueries
{
    public async Task<IReadOnlyList<RunView>> ListAsync(WorkflowId workflow, CancellationToken cancel)
    {
        await using var db = open();
        return await db.Runs.AsNoTracking()
            .Where(run => run.WorkflowId == workflow.Value)
            .OrderByDescending(run => run.Number)
            .Select(run => new RunView(run.Number, run.Scope, run.StartedBy, run.StartedAt, run.EndedAt, run.Status, run.SpecVersion, run.Jobs))
            .ToListAsync(cancel);
    }

    public async Task<IReadOnlyList<JobComparison>> CompareAsync(WorkflowId workflow, int before, int after, CancellationToken cancel)
    {
        await using var db = open();
        var jobs = await db.Jobs.AsNoTracking()
            .Where(job => job.WorkflowId == workflow.Value)
            .OrderBy(job => job.RemovedIn != null).ThenBy(job => job.Position)
            .Select(job => new { job.Id, job.Name })
            .ToListAsync(cancel);
        var attempts = await db.Attempts.AsNoTracking()
            .Where(attempt => attempt.WorkflowId == workflow.Value && attempt.Run <= Math.Max(before, after))
            .Join(db.Nodes, attempt => attempt.NodeId, node => node.Id, (attempt, node) => new { Attempt = attempt, Node = node.Name })
            .ToListAsync(cancel);
        var byJob = attempts.ToLookup(row => row.Attempt.JobId);
        return [.. jobs.Select(job => new JobComparison(new JobId(job.Id), job.Name, In(before, job.Id), In(after, job.Id)))];

        JobRunResult? In(int run, long job) => byJob[job].Where(row => row.Attempt.Run <= run).MaxBy(row => row.Attempt.Number) is { } newest
            ? Result(newest.Attempt, newest.Node)
            : null;
    }

    private static JobRunResult Result(AttemptRow row, string node) => new(
        row.Number,
        row.Run,
        row.SpecVersion,
        JobRows.Outcome(row),
        (row.EndedAt - row.StartedAt)?.TotalSeconds,
        row.CpuTime,
        row.PeakMemoryBytes is { } peak ? new MemorySize(peak) : null,
        node);
}
