using System.Data.Common;
using Torc.Shared.Jobs;

namespace Torc.Web.Engine;

/// <summary>Where the engine keeps what must not be lost.</summary>
internal interface IEngineStore
{
    /// <summary>All that is needed to go on.</summary>
    Task<StoredState> LoadAsync(CancellationToken cancel);

    /// <returns>Those of the attempts whose end is stored.</returns>
    Task<IReadOnlySet<AttemptId>> EndedAsync(IReadOnlyCollection<AttemptId> attempts, CancellationToken cancel);

    /// <summary>Stores all of it or nothing, and returns when it would survive a power failure.</summary>
    /// <exception cref="DbException">It was not stored.</exception>
    Task WriteAsync(Commit commit, CancellationToken cancel);
}
