using Torc.Shared.Jobs;

namespace Torc.Web.Editor;

/// <summary>Keeps what people are writing, so that it outlives their browser and the server. Whoever asks for one by its id has to look whose it is.</summary>
public interface IDraftStore
{
    /// <returns>Null if there is no such draft.</returns>
    Task<Draft?> FindAsync(long id, CancellationToken cancel);

    /// <summary>The draft of a user for a workflow: there is one at most.</summary>
    Task<Draft?> FindAsync(WorkflowId workflow, string user, CancellationToken cancel);

    /// <summary>Begins a draft.</summary>
    /// <param name="draft">Its id is ignored.</param>
    /// <returns>The draft with its id; if the user has one for the workflow already, that one.</returns>
    Task<Draft> CreateAsync(Draft draft, CancellationToken cancel);

    /// <summary>Keeps a draft in place of what was kept under its id.</summary>
    /// <exception cref="DraftGoneException">It was removed meanwhile.</exception>
    /// <exception cref="IOException">It could not be stored; the caller tries again.</exception>
    Task KeepAsync(Draft draft, CancellationToken cancel);

    /// <summary>Removes it; nothing happens if it is gone.</summary>
    Task RemoveAsync(long id, CancellationToken cancel);

    /// <summary>The drafts of a user, newest first.</summary>
    Task<IReadOnlyList<DraftEntry>> ListAsync(string user, CancellationToken cancel);
}
