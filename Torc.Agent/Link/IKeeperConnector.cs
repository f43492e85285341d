namespace Torc.Agent.Link;

/// <summary>Finds the keeper and connects to it.</summary>
internal interface IKeeperConnector
{
    /// <summary>Starts a keeper if none is there.</summary>
    Task<IKeeperLink> OpenAsync(CancellationToken cancel);
}
