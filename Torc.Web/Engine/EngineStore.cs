using Torc.Shared.Jobs;

namespace Torc.Web.Engine;

/// <summary>The database, as the engine uses it.</summary>
internal sealed class EngineStore(WorkflowStore workflows, CommitStore commits) : IEngineStore
{
    public Task<StoredState> LoadAsync(CancellationToken cancel) => workflows.LoadAsync(cancel);

    public Task<IReadOnlySet<AttemptId>> EndedAsync(IReadOnlyCollection<AttemptId> attempts, CancellationToken cancel) => workflows.EndedAsync(attempts, cancel);

    public Task WriteAsync(Commit commit, CancellationToken cancel) => commits.WriteAsync(commit, cancel);
}
