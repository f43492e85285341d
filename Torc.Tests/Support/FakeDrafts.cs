using System.Collections.Concurrent;
using Torc.Shared.Jobs;
using Torc.Web.Editor;

namespace Torc.Tests.Support;

/// <summary>Drafts that are kept nowhere but here.</summary>
internal sealed class FakeDrafts : IDraftStore
{
    private readonly ConcurrentDictionary<long, Draft> _drafts = new();
    private long _last;

    public Task<Draft?> FindAsync(long id, CancellationToken cancel) => Task.FromResult(_drafts.GetValueOrDefault(id));

    public Task<Draft?> FindAsync(WorkflowId workflow, string user, CancellationToken cancel) =>
        Task.FromResult(_drafts.Values.FirstOrDefault(draft => draft.Workflow == workflow && draft.User == user));

    public Task<Draft> CreateAsync(Draft draft, CancellationToken cancel)
    {
        var kept = draft with { Id = Interlocked.Increment(ref _last) };
        _drafts[kept.Id] = kept;
        return Task.FromResult(kept);
    }

    public Task KeepAsync(Draft draft, CancellationToken cancel)
    {
        _drafts[draft.Id] = draft;
        return Task.CompletedTask;
    }

    public Task RemoveAsync(long id, CancellationToken cancel)
    {
        _drafts.TryRemove(id, out _);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<DraftEntry>> ListAsync(string user, CancellationToken cancel) => Task.FromResult<IReadOnlyList<DraftEntry>>(
        [.. _drafts.Values.Where(draft => draft.User == user).OrderByDescending(draft => draft.Id).Select(draft => new DraftEntry(draft.Id, draft.Workflow, draft.FileName, draft.ChangedAt, draft.History.IsSaved))]);
}
