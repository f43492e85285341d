using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;
using Torc.Shared.Contracts;

namespace Torc.Web.Engine;

/// <summary>Rings apart from the engine's loop, so that an agent that does not listen delays nobody.</summary>
internal sealed class AgentDoorbell(IHubContext<AgentHub, IAgentClient> hub) : BackgroundService, IAgentDoorbell
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Channel<string> _connections = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });

    public void Ring(IReadOnlyList<string> connections)
    {
        foreach (string connection in connections)
        {
            _connections.Writer.TryWrite(connection);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (string connection in _connections.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await hub.Clients.Client(connection).WorkAvailable().WaitAsync(Patience, stoppingToken);
            }
            catch (TimeoutException)
            {
                // Its line is full, so it has other calls to answer first; the answer to its next report brings the work.
            }
        }
    }
}
