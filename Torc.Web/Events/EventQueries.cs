using Microsoft.EntityFrameworkCore;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Web.Data;

namespace Torc.Web.Events;

/// <summary>What jobs and people have left behind: events and user data.</summary>
internal sealed class EventQueries(Func<TorcDbContext> open)
{
    /// <summary>Lists the events of a workflow, oldest first.</summary>
    public async Task<IReadOnlyList<EventView>> EventsAsync(WorkflowId workflow, CancellationToken cancel)
    {
        await using var db = open();
        return await db.Events.AsNoTracking()
            .Where(row => row.WorkflowId == workflow.Value)
            .OrderBy(row => row.Number)
            .Select(row => new EventView(row.Number, row.At, row.Type, row.Data, row.JobId == null ? null : new JobId(row.JobId.Value), row.Attempt))
            .ToListAsync(cancel);
    }

    /// <summary>Lists the user data of a workflow in the order of its spec.</summary>
    public async Task<IReadOnlyList<UserDataView>> UserDataAsync(WorkflowId workflow, CancellationToken cancel)
    {
        await using var db = open();
        return await db.UserData.AsNoTracking()
            .Where(row => row.WorkflowId == workflow.Value)
            .OrderBy(row => row.Position)
            .Select(row => new UserDataView(row.Name, row.Data, row.IsEphemeral))
            .ToListAsync(cancel);
    }
}
