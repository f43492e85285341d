using Microsoft.EntityFrameworkCore;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Workflows;
using Torc.Web.Data;
using Torc.Web.Engine;

namespace Torc.Web.Workflows;

internal sealed class WorkflowQueries(Func<TorcDbContext> open, WorkflowStore store) : IWorkflowQueries
{
    public async Task<IReadOnlyList<WorkflowView>> ListAsync(CancellationToken cancel)
    {
        await using var db = open();
        return await ViewsAsync(db, db.Workflows.OrderByDescending(row => row.Id), db.Jobs.Where(job => job.RemovedIn == null), cancel);
    }

    public async Task<WorkflowView?> FindAsync(WorkflowId workflow, CancellationToken cancel)
    {
        await using var db = open();
        var views = await ViewsAsync(db, db.Workflows.Where(row => row.Id == workflow.Value), db.Jobs.Where(job => job.WorkflowId == workflow.Value && job.RemovedIn == null), cancel);
        return views.SingleOrDefault();
    }

    public Task<WorkflowDefinition?> DefinitionAsync(WorkflowId workflow, CancellationToken cancel) => store.DefinitionAsync(workflow, cancel);

    public Task<SpecSource?> SpecAsync(WorkflowId workflow, int? version, CancellationToken cancel) => store.SpecAsync(workflow, version, cancel);

    public async Task<IReadOnlyList<JobView>> JobsAsync(WorkflowId workflow, CancellationToken cancel)
    {
        await using var db = open();
        return await JobRows.ViewsAsync(db, db.Jobs.Where(job => job.WorkflowId == workflow.Value && job.RemovedIn == null), cancel);
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
