using Microsoft.EntityFrameworkCore;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Web.Data;

namespace Torc.Web.Events;

/// <summary>The events of workflows, of one or of all.</summary>
internal sealed class EventQueries(Func<TorcDbContext> open) : IEventQueries
{
    /// <summary>The most events that one answer looks at when their data decides: a question that few of them meet is answered in several parts.</summary>
    private const int MostLookedAt = 20_000;

    public async Task<EventPage> PageAsync(WorkflowId? workflow, EventFilter filter, long from, int limit, bool newestFirst, CancellationToken cancel)
    {
        await using var db = open();
        var found = new List<EventView>();
        long seen = from;
        for (int lookedAt = 0; lookedAt < MostLookedAt; lookedAt += limit)
        {
            var rows = await ReadAsync(db, Ordered(Matching(db, workflow, filter, seen, newestFirst), workflow, newestFirst).Take(limit), ofAll: workflow is null, cancel);
            foreach (var row in rows)
            {
                seen = workflow is null ? row.Id : row.Number;
                if (filter.Data is not { Count: > 0 } conditions || conditions.All(condition => condition.IsMetBy(row.Data ?? default)))
                {
                    found.Add(row);
                    if (found.Count == limit)
                    {
                        return new EventPage(found, seen, seen);
                    }
                }
            }

            if (rows.Count < limit)
            {
                return new EventPage(found, Next: null, seen);
            }
        }

        return new EventPage(found, seen, seen);
    }

    private static IQueryable<EventRow> Matching(TorcDbContext db, WorkflowId? workflow, EventFilter filter, long from, bool newestFirst)
    {
        var rows = db.Events.AsNoTracking();
        long before = from == 0 ? long.MaxValue : from;
        long? home = workflow?.Value;
        if (home is { } one)
        {
            rows = rows.Where(row => row.WorkflowId == one);
            rows = newestFirst ? rows.Where(row => row.Number < before) : rows.Where(row => row.Number > from);
        }
        else
        {
            rows = newestFirst ? rows.Where(row => row.Id < before) : rows.Where(row => row.Id > from);
        }

        if (filter.Type is [.. var beginning, '*'])
        {
            rows = rows.Where(row => row.Type.StartsWith(beginning));
        }
        else if (filter.Type is { } type)
        {
            rows = rows.Where(row => row.Type == type);
        }

        if (filter.Job is { } job)
        {
            // Found once, and not for each event again.
            var called = db.Jobs.Where(known => known.Name == job && (home == null || known.WorkflowId == home)).Select(known => (long?)known.Id);
            rows = rows.Where(row => called.Contains(row.JobId));
        }

        if (filter.Attempt is { } attempt)
        {
            rows = rows.Where(row => row.Attempt == attempt);
        }

        if (filter.Run is { } run)
        {
            rows = rows.Where(row => row.Run == run);
        }

        if (filter.Since is { } since)
        {
            rows = rows.Where(row => row.At >= since);
        }

        return filter.Until is { } until ? rows.Where(row => row.At < until) : rows;
    }

    private static IQueryable<EventRow> Ordered(IQueryable<EventRow> rows, WorkflowId? workflow, bool newestFirst) => (workflow, newestFirst) switch
    {
        (null, true) => rows.OrderByDescending(row => row.Id),
        (null, false) => rows.OrderBy(row => row.Id),
        (_, true) => rows.OrderByDescending(row => row.Number),
        _ => rows.OrderBy(row => row.Number),
    };

    private static async Task<List<EventView>> ReadAsync(TorcDbContext db, IQueryable<EventRow> rows, bool ofAll, CancellationToken cancel)
    {
        var found = await rows
            .Select(row => new
            {
                Event = row,
                Job = db.Jobs.Where(job => job.Id == row.JobId).Select(job => job.Name).FirstOrDefault(),
                Node = db.Nodes.Where(node => node.Id == row.NodeId).Select(node => node.Name).FirstOrDefault(),
                Workflow = ofAll ? db.Workflows.Where(workflow => workflow.Id == row.WorkflowId).Select(workflow => workflow.Name).FirstOrDefault() : null,
            })
            .ToListAsync(cancel);
        return [.. found.Select(row => new EventView(
            row.Event.Number,
            row.Event.At,
            row.Event.Type,
            StoredJson.Read(row.Event.Data),
            new WorkflowId(row.Event.WorkflowId),
            row.Event.Run,
            row.Event.JobId is { } job ? new JobId(job) : null,
            row.Job,
            row.Event.Attempt,
            row.Node,
            row.Event.Id,
            row.Workflow))];
    }
}
