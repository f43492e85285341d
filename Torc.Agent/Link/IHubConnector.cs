using Torc.Shared.Contracts;

namespace Torc.Agent.Link;

/// <summary>Finds the hub and connects to it.</summary>
internal interface IHubConnector
{
    /// <param name="client">Answers what the hub asks over this connection.</param>
    Task<IHubLink> OpenAsync(IAgentClient client, CancellationToken cancel);
}
