using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Web.Data;
using Torc.Web.Events;
using Torc.Web.Reruns;
using Torc.Web.Workflows;

namespace Torc.Web.Exports;

/// <summary>Gathers what is known of a workflow. Jobs and events are read while they are written, so that a large one takes no more memory than a small one.</summary>
internal sealed class ExportQueries(
    Func<TorcDbContext> open, IWorkflowQueries workflows, IRunQueries runs, UserDataQueries userData, EventQueries events, TimeProvider time)
{
    private const int AtOnce = 1_000;

    /// <returns>Null if there is no such workflow.</returns>
    public async Task<WorkflowExport?> FindAsync(WorkflowId id, CancellationToken cancel) =>
        await workflows.FindAsync(id, cancel) is { } workflow && await workflows.SpecAsync(id, version: null, cancel) is { } spec
            ? new WorkflowExport(
                WorkflowExport.Form,
                time.GetUtcNow(),
                workflow,
                new ExportedSpec(spec.Version, spec.Source.FileName, spec.Source.Text),
                await runs.ListAsync(id, cancel),
                await userData.ListAsync(id, cancel),
                JobsAsync(id, cancel),
                EventsAsync(id, cancel))
            : null;

    private async IAsyncEnumerable<ExportedJob> JobsAsync(WorkflowId workflow, [EnumeratorCancellation] CancellationToken cancel)
    {
        int after = -1;
        while (await JobsAsync(workflow, after, cancel) is { Count: > 0 } page)
        {
            foreach (var (_, job) in page)
            {
                yield return job;
            }

            after = page[^1].Position;
        }
    }

    private async Task<List<(int Position, ExportedJob Job)>> JobsAsync(WorkflowId workflow, int after, CancellationToken cancel)
    {
        await using var db = open();
        var jobs = await db.Jobs.AsNoTracking()
            .Where(row => row.WorkflowId == workflow.Value && row.RemovedIn == null && row.Position > after)
            .Join(
                db.Requirements,
                row => new { row.WorkflowId, Position = row.Requirements },
                needs => new { needs.WorkflowId, needs.Position },
                (row, needs) => new { Job = row, Needs = needs })
            .OrderBy(row => row.Job.Position)
            .Take(AtOnce)
            .ToListAsync(cancel);
        var attempts = await JobRows.AttemptsAsync(db, [.. jobs.Select(row => row.Job.Id)], cancel);
        return [.. jobs.Select(row => (row.Job.Position, new ExportedJob(
            new JobId(row.Job.Id),
            row.Job.Name,
            row.Job.Status,
            row.Job.Command,
            row.Needs.Name,
            JobRows.Needs(row.Needs, row.Job),
            [.. attempts[row.Job.Id]])))];
    }

    private async IAsyncEnumerable<EventView> EventsAsync(WorkflowId workflow, [EnumeratorCancellation] CancellationToken cancel)
    {
        for (long? from = 0; from is { } after;)
        {
            var page = await events.PageAsync(workflow, new EventFilter(), after, AtOnce, newestFirst: false, cancel);
            foreach (var one in page.Events)
            {
                yield return one;
            }

            from = page.Next;
        }
    }
}
