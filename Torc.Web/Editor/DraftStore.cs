using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Torc.Shared.Jobs;
using Torc.Shared.Specs;
using Torc.Web.Data;

namespace Torc.Web.Editor;

/// <summary>
/// Keeps drafts in rows of their own, each by one statement beside the engine's transactions: a draft is nothing that the engine decides
/// on. A write waits for one of these for as long as any command waits, and then fails as a whole.
/// </summary>
internal sealed class DraftStore(Func<TorcDbContext> open, StoreHealth health) : IDraftStore
{
    // Specs are full of quotes, and six characters for each of them would be most of a history. No page shows the column.
    private static readonly DraftJson Json = new(new JsonSerializerOptions(DraftJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public Task<Draft?> FindAsync(long id, CancellationToken cancel) =>
        AskAsync(async db => Read(await db.Drafts.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancel)));

    public Task<Draft?> FindAsync(WorkflowId workflow, string user, CancellationToken cancel) =>
        AskAsync(async db => Read(await db.Drafts.AsNoTracking().FirstOrDefaultAsync(row => row.WorkflowId == workflow.Value && row.UserName == user, cancel)));

    public async Task<Draft> CreateAsync(Draft draft, CancellationToken cancel)
    {
        while (true)
        {
            if (draft.Workflow is { } workflow && await FindAsync(workflow, draft.User, cancel) is { } first)
            {
                return first;
            }

            try
            {
                return await InsertAsync(draft, cancel);
            }
            catch (DbUpdateException taken) when (taken.InnerException is SqliteException { SqliteExtendedErrorCode: SqliteCodes.NotUnique })
            {
                // Another window began one between the look and this. It is found now, or gone again.
            }
        }
    }

    public async Task KeepAsync(Draft draft, CancellationToken cancel)
    {
        var now = Write(draft);
        int kept = await AskAsync(db => db.Drafts
            .Where(row => row.Id == draft.Id && row.UserName == draft.User)
            .ExecuteUpdateAsync(
                row => row
                    .SetProperty(old => old.WorkflowId, now.WorkflowId)
                    .SetProperty(old => old.BaseVersion, now.BaseVersion)
                    .SetProperty(old => old.Directory, now.Directory)
                    .SetProperty(old => old.FileName, now.FileName)
                    .SetProperty(old => old.Name, now.Name)
                    .SetProperty(old => old.IsSaved, now.IsSaved)
                    .SetProperty(old => old.Text, now.Text)
                    .SetProperty(old => old.History, now.History)
                    .SetProperty(old => old.Places, now.Places)
                    .SetProperty(old => old.ChangedAt, now.ChangedAt),
                cancel));
        if (kept == 0)
        {
            throw new DraftGoneException();
        }
    }

    public Task RemoveAsync(long id, CancellationToken cancel) => AskAsync(db => db.Drafts.Where(row => row.Id == id).ExecuteDeleteAsync(cancel));

    public Task<IReadOnlyList<DraftEntry>> ListAsync(string user, CancellationToken cancel) => AskAsync<IReadOnlyList<DraftEntry>>(async db =>
    {
        var rows = await db.Drafts
            .Where(row => row.UserName == user)
            .OrderByDescending(row => row.ChangedAt).ThenByDescending(row => row.Id)
            .Select(row => new { row.Id, row.WorkflowId, row.Name, row.ChangedAt, row.IsSaved })
            .ToListAsync(cancel);
        return [.. rows.Select(row => new DraftEntry(row.Id, Workflow(row.WorkflowId), row.Name, row.ChangedAt, row.IsSaved))];
    });

    private Task<Draft> InsertAsync(Draft draft, CancellationToken cancel) => AskAsync(async db =>
    {
        var row = Write(draft);
        db.Drafts.Add(row);
        await db.SaveChangesAsync(cancel);
        return draft with { Id = row.Id };
    });

    /// <exception cref="StoreUnavailableException">Something keeps the database from answering, and goes away without anybody restarting anything.</exception>
    private async Task<T> AskAsync<T>(Func<TorcDbContext, Task<T>> ask)
    {
        await using var db = open();
        try
        {
            return await ask(db);
        }
        catch (Exception failure) when (health.Explain(failure) is { } trouble)
        {
            throw health.Failed(trouble);
        }
    }

    private static DraftRow Write(Draft draft) => new()
    {
        WorkflowId = draft.Workflow?.Value,
        UserName = draft.User,
        BaseVersion = draft.BaseVersion,
        Directory = draft.Directory,
        FileName = draft.FileName,
        Name = SpecReader.NameIn(draft.Text, draft.FileName) ?? draft.FileName,
        IsSaved = draft.History.IsSaved,
        Text = draft.Text,
        History = JsonSerializer.Serialize(draft.History, Json.SpecHistory),
        Places = JsonSerializer.Serialize(draft.Places, Json.IReadOnlyDictionaryStringSpecPlace),
        ChangedAt = draft.ChangedAt,
    };

    private static Draft? Read(DraftRow? row) => row is null
        ? null
        : new Draft(
            row.Id,
            row.UserName,
            Workflow(row.WorkflowId),
            row.BaseVersion,
            row.Directory,
            row.FileName,
            row.Text,
            JsonSerializer.Deserialize(row.History, Json.SpecHistory)!,
            JsonSerializer.Deserialize(row.Places, Json.IReadOnlyDictionaryStringSpecPlace)!,
            row.ChangedAt);

    private static WorkflowId? Workflow(long? id) => id is { } value ? new WorkflowId(value) : null;
}
