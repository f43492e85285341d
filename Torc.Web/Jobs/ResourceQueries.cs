using Microsoft.EntityFrameworkCore;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Metrics;
using Torc.Shared.Placement;
using Torc.Shared.Quantities;
using Torc.Web.Data;

namespace Torc.Web.Jobs;

/// <summary>Compares what the jobs of a workflow ask for with what they used.</summary>
internal sealed class ResourceQueries(Func<TorcDbContext> open)
{
    /// <returns>Class by class, in the order of the spec; null if there is no such workflow.</returns>
    public async Task<IReadOnlyList<ResourceUseView>?> OfAsync(WorkflowId workflow, CancellationToken cancel)
    {
        await using var db = open();
        if (!await db.Workflows.AnyAsync(row => row.Id == workflow.Value, cancel))
        {
            return null;
        }

        var rows = await (
            from job in db.Jobs.AsNoTracking()
            where job.WorkflowId == workflow.Value && job.RemovedIn == null
            join needs in db.Requirements on new { job.WorkflowId, Position = job.Requirements } equals new { needs.WorkflowId, needs.Position }
            join attempt in db.Attempts on new { JobId = job.Id, Number = job.Attempt } equals new { attempt.JobId, attempt.Number }
            where attempt.Outcome != null
            orderby job.Position
            select new { Job = job, Needs = needs, Attempt = attempt })
            .ToListAsync(cancel);
        return [.. rows
            .GroupBy(row => (row.Needs.Name, Needs: Asked(row.Needs)), row => Use(row.Job, row.Needs, row.Attempt))
            .SelectMany(group => RightSizing.Of(group.Key.Needs, [.. group]).Select(use => View(group.Key.Name, group.Key.Needs, use)))];
    }

    /// <summary>The same job by job, in the order of the spec, of those whose newest attempt has ended.</summary>
    /// <param name="after">The position of a job; null for the first page.</param>
    /// <param name="most">How many there are on a page.</param>
    /// <returns>Null if there is no such workflow.</returns>
    public async Task<IReadOnlyList<JobUseView>?> JobsAsync(WorkflowId workflow, long? after, int most, CancellationToken cancel)
    {
        await using var db = open();
        if (!await db.Workflows.AnyAsync(row => row.Id == workflow.Value, cancel))
        {
            return null;
        }

        long last = after ?? -1;
        var rows = await (
            from job in db.Jobs.AsNoTracking()
            where job.WorkflowId == workflow.Value && job.RemovedIn == null && job.Position > last
            join needs in db.Requirements on new { job.WorkflowId, Position = job.Requirements } equals new { needs.WorkflowId, needs.Position }
            join attempt in db.Attempts on new { JobId = job.Id, Number = job.Attempt } equals new { attempt.JobId, attempt.Number }
            where attempt.Outcome != null
            orderby job.Position
            select new { Job = job, Needs = needs, Attempt = attempt })
            .Take(most)
            .ToListAsync(cancel);
        return [.. rows.Select(row => new JobUseView(
            new JobId(row.Job.Id),
            row.Job.Position,
            row.Job.Name,
            row.Needs.Name,
            JobRows.Needs(row.Needs, row.Job),
            JobRows.Outcome(row.Attempt)!,
            row.Attempt.Run,
            row.Attempt.EndedAt - row.Attempt.StartedAt,
            row.Attempt.CpuTime,
            row.Attempt.PeakMemoryBytes is { } peak and > 0 ? new MemorySize(peak) : null,
            JobRows.Summary(row.Attempt)?.MeanGpuPercent))];
    }

    // What its text asks for: what recovery gave beyond that is an answer to it.
    private static ResourceRequirements Asked(RequirementsRow needs) =>
        new(needs.Cpus, new MemorySize(needs.MemoryBytes), needs.Gpus, needs.Nodes, needs.Runtime, needs.Label, needs.Scheduler);

    private static JobUse Use(JobRow job, RequirementsRow needs, AttemptRow attempt) => new(
        attempt.Run,
        JobRows.Outcome(attempt)!,
        JobRows.Needs(needs, job).Memory,
        new MemorySize(attempt.PeakMemoryBytes ?? 0),
        attempt.EndedAt - attempt.StartedAt,
        JobRows.Summary(attempt)?.BusyCpuPercent / 100);

    private static ResourceUseView View(string? name, ResourceRequirements needs, ResourceUse use) => new(
        name, needs, use.Resource, use.Requested, use.Median, use.Most95, use.Most, use.Jobs, use.Runs, use.Suggested, use.IsWeak, use.Effect);
}
