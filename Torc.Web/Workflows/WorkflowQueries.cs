using Microsoft.EntityFrameworkCore;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Workflows;
using Torc.Web.Data;
using Torc.Web.Engine;

namespace Torc.Web.Workflows;

internal sealed class WorkflowQueries(Func<TorcDbContext> open, WorkflowStore store) : IWorkflowQueries
{
    public Task<IReadOnlyList<WorkflowView>> ListAsync(CancellationToken cancel) => ListAsync(PageOf.All, cancel);

    public async Task<IReadOnlyList<WorkflowView>> ListAsync(PageOf page, CancellationToken cancel)
    {
        await using var db = open();
        long before = page.After ?? long.MaxValue;
        var workflows = db.Workflows.Where(row => row.Id < before).OrderByDescending(row => row.Id).Take(page.Most);
        return await ViewsAsync(db, workflows, db.Jobs.Where(job => job.RemovedIn == null && workflows.Any(row => row.Id == job.WorkflowId)), cancel);
    }

    public async Task<WorkflowView?> FindAsync(WorkflowId workflow, CancellationToken cancel)
    {
        await using var db = open();
        var views = await ViewsAsync(db, db.Workflows.Where(row => row.Id == workflow.Value), db.Jobs.Where(job => job.WorkflowId == workflow.Value && job.RemovedIn == null), cancel);
        return views.SingleOrDefault();
    }

    public Task<WorkflowDefinition?> DefinitionAsync(WorkflowId workflow, CancellationToken cancel) => store.DefinitionAsync(workflow, cancel);

    public Task<StoredSpec?> SpecAsync(WorkflowId workflow, int? version, CancellationToken cancel) => store.SpecAsync(workflow, version, cancel);

    public Task<IReadOnlyList<JobView>> JobsAsync(WorkflowId workflow, CancellationToken cancel) => JobsAsync(workflow, PageOf.All, names: null, cancel);

    public async Task<IReadOnlyList<JobView>> JobsAsync(WorkflowId workflow, PageOf page, IReadOnlyCollection<string>? names, CancellationToken cancel)
    {
        await using var db = open();
        long after = page.After ?? -1;
        var jobs = db.Jobs.Where(job => job.WorkflowId == workflow.Value && job.RemovedIn == null && job.Position > after);
        // One parameter for all names: there may be as many as jobs.
        jobs = names is null ? jobs : jobs.Where(job => EF.Parameter(names).Contains(job.Name));
        return await JobRows.ViewsAsync(db, page == PageOf.All ? jobs : jobs.OrderBy(job => job.Position).Take(page.Most), cancel);
    }

    public async Task<IReadOnlyList<FailureCount>> FailuresAsync(IReadOnlyCollection<WorkflowId> workflows, CancellationToken cancel)
    {
        await using var db = open();
        long[] ids = [.. workflows.Select(workflow => workflow.Value)];
        var found = await (
            from job in db.Jobs.AsNoTracking()
            where ids.Contains(job.WorkflowId) && job.RemovedIn == null && (job.Status == JobStatus.Failed || job.Status == JobStatus.PendingFailed)
            join attempt in db.Attempts on new { JobId = job.Id, Number = job.Attempt } equals new { attempt.JobId, attempt.Number }
            where attempt.Outcome != null
            group job by new { job.WorkflowId, attempt.Outcome, attempt.ExitCode } into same
            select new { same.Key, Count = same.Count(), First = same.Min(job => job.Id) })
            .ToListAsync(cancel);
        long[] firsts = [.. found.Select(same => same.First)];
        var names = await db.Jobs.AsNoTracking().Where(job => firsts.Contains(job.Id)).ToDictionaryAsync(job => job.Id, job => job.Name, cancel);
        return [.. found
            .OrderByDescending(same => same.Count).ThenBy(same => same.First)
            .Select(same => new FailureCount(new WorkflowId(same.Key.WorkflowId), new Outcome(same.Key.Outcome!.Value, same.Key.ExitCode), same.Count, names[same.First]))];
    }

    private static async Task<IReadOnlyList<WorkflowView>> ViewsAsync(TorcDbContext db, IQueryable<WorkflowRow> workflows, IQueryable<JobRow> jobs, CancellationToken cancel)
    {
        // No transaction, which would make the engine wait. The workflows are read first: then a count may be newer than the version
        // beside it, and the change that brings the newer version mends it. The other way round it would stay too old.
        var rows = await workflows.AsNoTracking().ToListAsync(cancel);
        var counts = (await jobs
                .GroupBy(job => new { job.WorkflowId, job.Status })
                .Select(group => new { group.Key.WorkflowId, group.Key.Status, Count = group.Count() })
                .ToListAsync(cancel))
            .ToLookup(group => group.WorkflowId);
        return [.. rows.Select(row => new WorkflowView(
            new WorkflowId(row.Id),
            row.Name,
            row.Project,
            row.UserName,
            row.Description,
            row.Status,
            row.Run,
            counts[row.Id].ToDictionary(group => group.Status, group => group.Count),
            row.WorkingDirectory,
            row.CreatedAt,
            row.StartedAt,
            row.EndedAt,
            row.Version,
            row.SpecVersion))];
    }
}
