using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Metrics;
using Torc.Shared.Placement;
using Torc.Shared.Quantities;

namespace Torc.Web.Data;

/// <summary>Turns stored jobs into what people see of them.</summary>
internal static class JobRows
{
    /// <summary>Reads jobs with their newest attempts, in the order of their spec.</summary>
    public static async Task<IReadOnlyList<JobView>> ViewsAsync(TorcDbContext db, IQueryable<JobRow> jobs, CancellationToken cancel)
    {
        var rows = await (
            from job in jobs.AsNoTracking()
            join newest in db.Attempts on new { JobId = job.Id, Number = job.Attempt } equals new { newest.JobId, newest.Number } into attempts
            from attempt in attempts.DefaultIfEmpty()
            join running in db.Nodes on attempt.NodeId equals running.Id into nodes
            from node in nodes.DefaultIfEmpty()
            join failed in db.Jobs on job.FailedBlockerId equals failed.Id into blockers
            from blocker in blockers.DefaultIfEmpty()
            orderby job.WorkflowId, job.Position
            select new { Job = job, Attempt = attempt, Node = node.Name, Blocker = blocker.Name })
            .ToListAsync(cancel);
        return [.. rows.Select(row => View(row.Job, row.Attempt, row.Node, row.Blocker))];
    }

    /// <summary>Reads all attempts of jobs, by job, oldest first.</summary>
    public static async Task<ILookup<long, AttemptView>> AttemptsAsync(TorcDbContext db, IReadOnlyCollection<long> jobs, CancellationToken cancel)
    {
        var rows = await db.Attempts.AsNoTracking()
            .Where(row => jobs.Contains(row.JobId))
            .OrderBy(row => row.JobId)
            .ThenBy(row => row.Number)
            .Join(db.Nodes, row => row.NodeId, node => node.Id, (row, node) => new { Attempt = row, Node = node.Name })
            .ToListAsync(cancel);
        return rows.ToLookup(row => row.Attempt.JobId, row => View(row.Attempt, row.Node));
    }

    public static Outcome? Outcome(AttemptRow row) => row.Outcome is { } kind ? new Outcome(kind, row.ExitCode, row.Detail) : null;

    public static UsageSummary? Summary(AttemptRow row) => row.UsageSummary is { } summary ? JsonSerializer.Deserialize(summary, TorcJson.Default.UsageSummary) : null;

    /// <summary>What a job gets, by its spec and by what it was found to need.</summary>
    public static ResourceRequirements Needs(RequirementsRow needs, JobRow job) => new(
        needs.Cpus,
        new MemorySize(Math.Max(needs.MemoryBytes, job.RaisedMemoryBytes)),
        needs.Gpus,
        needs.Nodes,
        job.RaisedRuntime > needs.Runtime ? job.RaisedRuntime : needs.Runtime,
        needs.Label,
        needs.Scheduler);

    private static AttemptView View(AttemptRow row, string node) => new(
        row.Number,
        row.Run,
        node,
        row.AssignedAt,
        row.StartedAt,
        row.EndedAt,
        Outcome(row),
        row.PeakMemoryBytes is { } peak ? new MemorySize(peak) : null,
        row.CpuTime,
        Summary(row));

    private static JobView View(JobRow job, AttemptRow? attempt, string? node, string? blocker)
    {
        var outcome = attempt is null ? null : Outcome(attempt);
        return new JobView(
            new JobId(job.Id),
            job.Position,
            job.Name,
            job.Status,
            job.Attempt,
            JobReason.Of(job.Status, outcome, blocker, job.StopReason, RetryColumn.Read(job.Retry), job.Reuse),
            node,
            outcome,
            attempt?.StartedAt,
            attempt?.EndedAt,
            attempt?.PeakMemoryBytes is { } peak ? new MemorySize(peak) : null,
            attempt?.CpuTime,
            job.Version,
            job.ActionTrigger);
    }
}
