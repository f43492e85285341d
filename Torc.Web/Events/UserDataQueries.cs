using Microsoft.EntityFrameworkCore;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Web.Data;

namespace Torc.Web.Events;

/// <summary>The user data of workflows: as they are, and as they were.</summary>
internal sealed class UserDataQueries(Func<TorcDbContext> open) : IUserDataQueries
{
    public async Task<IReadOnlyList<UserDataView>> ListAsync(WorkflowId workflow, CancellationToken cancel)
    {
        await using var db = open();
        return await ViewsAsync(db, db.UserData.AsNoTracking().Where(row => row.WorkflowId == workflow.Value), cancel);
    }

    /// <returns>Null if the spec names none of that name.</returns>
    public async Task<UserDataView?> FindAsync(WorkflowId workflow, string name, CancellationToken cancel)
    {
        await using var db = open();
        return (await ViewsAsync(db, db.UserData.AsNoTracking().Where(row => row.WorkflowId == workflow.Value && row.Name == name), cancel)).SingleOrDefault();
    }

    public async Task<IReadOnlyList<UserDataValueView>> HistoryAsync(WorkflowId workflow, string name, CancellationToken cancel)
    {
        await using var db = open();
        var rows = await db.UserDataValues.AsNoTracking()
            .Where(row => row.WorkflowId == workflow.Value && row.Name == name)
            .OrderByDescending(row => row.At)
            .Select(row => new { Value = row, Job = db.Jobs.Where(job => job.Id == row.JobId).Select(job => job.Name).FirstOrDefault() })
            .ToListAsync(cancel);
        return [.. rows.Select(row => new UserDataValueView(
            row.Value.Run, row.Job, row.Value.JobId == 0 ? null : row.Value.Attempt, row.Value.At, StoredJson.Read(row.Value.Data), row.Value.Data is not null))];
    }

    private static async Task<IReadOnlyList<UserDataView>> ViewsAsync(TorcDbContext db, IQueryable<UserDataRow> of, CancellationToken cancel)
    {
        var rows = await of.OrderBy(row => row.Position)
            .Select(row => new
            {
                Data = row,
                Stored = db.UserDataValues.Where(value => value.WorkflowId == row.WorkflowId && value.Name == row.Name).OrderByDescending(value => value.At).ThenByDescending(value => value.Run).FirstOrDefault(),
            })
            .ToListAsync(cancel);
        long[] ids = [.. rows.Select(row => row.Stored?.JobId ?? 0).Where(id => id != 0).Distinct()];
        var names = await db.Jobs.Where(job => ids.Contains(job.Id)).ToDictionaryAsync(job => job.Id, job => job.Name, cancel);
        return [.. rows.Select(row => new UserDataView(
            row.Data.Name,
            StoredJson.Read(row.Data.Data),
            row.Data.Data is not null,
            row.Data.IsEphemeral,
            row.Stored?.At,
            row.Stored?.Run,
            row.Stored is { JobId: not 0 } by ? names.GetValueOrDefault(by.JobId) : null,
            row.Stored is { JobId: not 0, Attempt: var attempt } ? attempt : null))];
    }
}
