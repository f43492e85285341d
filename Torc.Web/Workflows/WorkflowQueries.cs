using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Workflows;
using Torc.Web.Data;
using Torc.Web.Engine;
using Torc.Web.Jobs;

namespace Torc.Web.Workflows;

internal sealed class WorkflowQueries(Func<TorcDbContext> open, WorkflowStore store, WorkflowEngine engine) : IWorkflowQueries
{
    public Task<IReadOnlyList<WorkflowView>> ListAsync(CancellationToken cancel) => ListAsync(WorkflowFilter.None, PageOf.All, cancel);

    public async Task<IReadOnlyList<WorkflowView>> ListAsync(WorkflowFilter filter, PageOf page, CancellationToken cancel)
    {
        await using var db = open();
        long before = page.After ?? long.MaxValue;
        var workflows = Wanted(db.Workflows, filter).Where(row => row.Id < before).OrderByDescending(row => row.Id).Take(page.Most);
        return await ViewsAsync(db, workflows, cancel);
    }

    public async Task<WorkflowSlice> SliceAsync(WorkflowFilter filter, WorkflowSort sort, int skip, int most, DateTimeOffset now, CancellationToken cancel)
    {
        await using var db = open();
        var all = db.Workflows.AsNoTracking();
        var counts = await Wanted(all, filter with { Statuses = null }).GroupBy(row => row.Status).Select(same => new { same.Key, Count = same.Count() }).ToDictionaryAsync(same => same.Key, same => same.Count, cancel);
        long[] ids = sort.Column == WorkflowColumn.Duration
            ? await ByDurationAsync(Wanted(all, filter), sort.IsDescending, skip, most, now, cancel)
            : await InOrder(Wanted(all, filter), sort).Skip(skip).Take(most).Select(row => row.Id).ToArrayAsync(cancel);
        var views = (await ViewsAsync(db, db.Workflows.Where(row => ids.Contains(row.Id)), cancel)).ToDictionary(view => view.Id.Value);
        return new WorkflowSlice(
            [.. ids.Where(views.ContainsKey).Select(id => views[id])],
            filter.Statuses is { Count: > 0 } statuses ? statuses.Sum(status => counts.GetValueOrDefault(status)) : counts.Values.Sum(),
            counts,
            await all.CountAsync(row => row.ArchivedAt == null, cancel),
            await all.CountAsync(row => row.ArchivedAt != null, cancel),
            [.. (await all.Where(row => row.Project != null).Select(row => row.Project!).Distinct().ToListAsync(cancel)).Order(StringComparer.OrdinalIgnoreCase)],
            [.. (await all.Where(row => row.UserName != null).Select(row => row.UserName!).Distinct().ToListAsync(cancel)).Order(StringComparer.OrdinalIgnoreCase)]);
    }

    public async Task<HomeView> HomeAsync(int most, CancellationToken cancel)
    {
        await using var db = open();
        var all = db.Workflows.AsNoTracking().Where(row => row.ArchivedAt == null);
        var troubled = all.Where(row => row.Status == WorkflowStatus.Failed
            || (row.Status == WorkflowStatus.Running && db.Jobs.Any(job => job.WorkflowId == row.Id && job.RemovedIn == null && job.Status == JobStatus.PendingFailed)));
        long[] first = await troubled.OrderByDescending(row => row.EndedAt ?? row.StartedAt).ThenByDescending(row => row.Id).Select(row => row.Id).Take(most).ToArrayAsync(cancel);
        long[] running = await all.Where(row => row.Status == WorkflowStatus.Running).OrderByDescending(row => row.Id).Select(row => row.Id).Take(most).ToArrayAsync(cancel);
        long[] ended = await all.Where(row => row.EndedAt != null).OrderByDescending(row => row.EndedAt).ThenByDescending(row => row.Id).Select(row => row.Id).Take(most).ToArrayAsync(cancel);
        long[] ids = [.. first.Concat(running).Concat(ended).Distinct()];
        var views = (await ViewsAsync(db, db.Workflows.Where(row => ids.Contains(row.Id)), cancel)).ToDictionary(view => view.Id.Value);
        return new HomeView(
            Of(first), Of(running), Of(ended), await troubled.CountAsync(cancel), await all.CountAsync(cancel), await db.Workflows.CountAsync(row => row.ArchivedAt != null, cancel));

        // One that was deleted in between is not there any more.
        IReadOnlyList<WorkflowView> Of(long[] some) => [.. some.Where(views.ContainsKey).Select(id => views[id])];
    }

    public async Task<WorkflowView?> FindAsync(WorkflowId workflow, CancellationToken cancel)
    {
        await using var db = open();
        return (await ViewsAsync(db, db.Workflows.Where(row => row.Id == workflow.Value), cancel)).SingleOrDefault();
    }

    public Task<DeletedWorkflow?> DeletedAsync(WorkflowId workflow, CancellationToken cancel) => store.DeletedAsync(workflow, cancel);

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
        return await engine.MarkUnknownAsync(await JobRows.ViewsAsync(db, page == PageOf.All ? jobs : jobs.OrderBy(job => job.Position).Take(page.Most), cancel), cancel);
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

    private static IQueryable<WorkflowRow> Wanted(IQueryable<WorkflowRow> rows, WorkflowFilter filter)
    {
        rows = rows.Where(row => row.ArchivedAt != null == filter.Archived);
        if (filter.Text is { } text)
        {
            string part = text.ToLowerInvariant();
            long number = filter.Number ?? 0;
            // The database makes the letters small, whatever its collation; no culture is asked there.
#pragma warning disable CA1304, CA1311, CA1862, MA0011
            rows = rows.Where(row => row.Id == number || row.Name.ToLower().Contains(part));
#pragma warning restore CA1304, CA1311, CA1862, MA0011
        }

        if (filter.Statuses is { Count: > 0 } statuses)
        {
            WorkflowStatus[] wanted = [.. statuses];
            rows = rows.Where(row => wanted.Contains(row.Status));
        }

        rows = filter.Project is { } project ? rows.Where(row => row.Project == project) : rows;
        return filter.User is { } user ? rows.Where(row => row.UserName == user) : rows;
    }

    private static IQueryable<WorkflowRow> InOrder(IQueryable<WorkflowRow> rows, WorkflowSort sort)
    {
#pragma warning disable CA1304, CA1311, MA0011
        return (sort.Column switch
        {
            WorkflowColumn.Name => By(rows, row => row.Name.ToLower()),
            WorkflowColumn.Status => By(rows, row => row.Status),
            WorkflowColumn.Project => By(rows.OrderBy(row => row.Project == null), row => row.Project!.ToLower()),
            WorkflowColumn.User => By(rows.OrderBy(row => row.UserName == null), row => row.UserName!.ToLower()),
            WorkflowColumn.Run => By(rows, row => row.Run),
            WorkflowColumn.StartedAt => By(rows.OrderBy(row => row.StartedAt == null), row => row.StartedAt),
            _ => By(rows, row => row.Id),
        }).ThenByDescending(row => row.Id);
#pragma warning restore CA1304, CA1311, MA0011

        IOrderedQueryable<WorkflowRow> By<TKey>(IQueryable<WorkflowRow> from, Expression<Func<WorkflowRow, TKey>> key) => (from, sort.IsDescending) switch
        {
            (IOrderedQueryable<WorkflowRow> ordered, true) when from != rows => ordered.ThenByDescending(key),
            (IOrderedQueryable<WorkflowRow> ordered, false) when from != rows => ordered.ThenBy(key),
            (_, true) => from.OrderByDescending(key),
            _ => from.OrderBy(key),
        };
    }

    // No column has it, so it is worked out here, from no more than what it takes.
    private static async Task<long[]> ByDurationAsync(IQueryable<WorkflowRow> rows, bool isDescending, int skip, int most, DateTimeOffset now, CancellationToken cancel)
    {
        var times = await rows.Select(row => new { row.Id, row.StartedAt, row.EndedAt }).ToListAsync(cancel);
        var started = times.OrderBy(row => row.StartedAt is null);
        var ordered = isDescending
            ? started.ThenByDescending(row => (row.EndedAt ?? now) - row.StartedAt)
            : started.ThenBy(row => (row.EndedAt ?? now) - row.StartedAt);
        return [.. ordered.ThenByDescending(row => row.Id).Skip(skip).Take(most).Select(row => row.Id)];
    }

    private async Task<IReadOnlyList<WorkflowView>> ViewsAsync(TorcDbContext db, IQueryable<WorkflowRow> workflows, CancellationToken cancel)
    {
        // No transaction, which would make the engine wait. The workflows are read first: then a count may be newer than the version
        // beside it, and the change that brings the newer version mends it. The other way round it would stay too old.
        var rows = await workflows.AsNoTracking().ToListAsync(cancel);

        // The engine knows how many jobs of each status those have that run. The store would count them, a tenth of a second for a million.
        WorkflowId[] running = [.. rows.Where(row => row.Status == WorkflowStatus.Running).Select(row => new WorkflowId(row.Id))];
        var held = running.Length == 0 ? [] : await engine.ReadAsync(state => state.Views(running), cancel);
        long[] others = [.. rows.Select(row => row.Id).Where(id => !held.ContainsKey(new WorkflowId(id)))];
        var counts = (await CountAsync(db, others, cancel)).ToLookup(count => count.Workflow, count => KeyValuePair.Create(count.Status, count.Jobs));
        return [.. rows.Select(row => held.GetValueOrDefault(new WorkflowId(row.Id)) ?? new WorkflowView(
            new WorkflowId(row.Id),
            row.Name,
            row.Project,
            row.UserName,
            row.Description,
            row.Status,
            row.Run,
            counts[row.Id].ToDictionary(),
            row.WorkingDirectory,
            row.CreatedAt,
            row.StartedAt,
            row.EndedAt,
            row.Version,
            row.SpecVersion,
            ArchivedAt: row.ArchivedAt))];
    }

    private static async Task<IReadOnlyList<(long Workflow, JobStatus Status, int Jobs)>> CountAsync(TorcDbContext db, long[] workflows, CancellationToken cancel)
    {
        if (workflows.Length == 0)
        {
            return [];
        }

        var counts = await db.Jobs.Where(job => job.RemovedIn == null && EF.Parameter(workflows).Contains(job.WorkflowId))
            .GroupBy(job => new { job.WorkflowId, job.Status })
            .Select(group => new { group.Key.WorkflowId, group.Key.Status, Count = group.Count() })
            .ToListAsync(cancel);
        return [.. counts.Select(count => (count.WorkflowId, count.Status, count.Count))];
    }
}
