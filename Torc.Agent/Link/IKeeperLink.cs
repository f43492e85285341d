using Torc.Agent.Running;

namespace Torc.Agent.Link;

/// <summary>One connection to the keeper.</summary>
internal interface IKeeperLink : IAsyncDisposable
{
    Task SendAsync(KeeperRequest request, CancellationToken cancel);

    /// <summary>What the keeper tells: its state first. Ends when the connection is lost.</summary>
    IAsyncEnumerable<KeeperNews> ReadAllAsync(CancellationToken cancel);
}
