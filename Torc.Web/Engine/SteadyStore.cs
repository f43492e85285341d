using Torc.Shared.Jobs;
using Torc.Web.Data;

namespace Torc.Web.Engine;

/// <summary>
/// Stands between the engine and its store: says in plain words why a change could not be stored, and drops the ballast when the
/// disk is full, so that the results of what runs have room.
/// </summary>
internal sealed class SteadyStore(IEngineStore store, DatabaseDisk disk, StoreHealth health) : IEngineStore
{
    public Task<StoredState> LoadAsync(CancellationToken cancel) => ExplainAsync(() => store.LoadAsync(cancel));

    public Task<IReadOnlySet<AttemptId>> EndedAsync(IReadOnlyCollection<AttemptId> attempts, CancellationToken cancel) =>
        ExplainAsync(() => store.EndedAsync(attempts, cancel));

    public async Task WriteAsync(Commit commit, CancellationToken cancel)
    {
        try
        {
            await TryWriteAsync(commit, cancel);
        }
        catch (StoreUnavailableException full) when (full.Trouble == StoreTrouble.DiskFull && disk.TryDropBallast())
        {
            // A commit that found no room was rolled back as a whole, so it can be tried once more.
            await TryWriteAsync(commit, cancel);
        }

        health.Stored();
    }

    private Task<bool> TryWriteAsync(Commit commit, CancellationToken cancel) => ExplainAsync(async () =>
    {
        await store.WriteAsync(commit, cancel);
        return true;
    });

    private async Task<T> ExplainAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception failure) when (health.Explain(failure) is { } trouble)
        {
            throw health.Failed(trouble);
        }
    }
}
