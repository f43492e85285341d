using System.Threading.Channels;
using Torc.Agent.Running;

namespace Torc.Faults.Simulation;

/// <summary>The keeper's end of an agent's line.</summary>
internal sealed class KeeperEnd(World world, SimulatedProcess keeper, Action<KeeperNews> deliver) : IAgentPeer
{
    private readonly Channel<KeeperRequest> _requests = Channel.CreateUnbounded<KeeperRequest>();

    public event Action? Closed;

    public void Send(KeeperNews news) => world.Events.In(World.LocalLatency, () => deliver(news));

    public async Task ReadAsync(Action<KeeperRequest> take)
    {
        while (await _requests.Reader.WaitToReadAsync())
        {
            while (_requests.Reader.TryRead(out var request))
            {
                take(request);
            }
        }
    }

    public void Close()
    {
        HangUp();
        Closed?.Invoke();
    }

    public void Take(KeeperRequest request)
    {
        if (keeper.IsAlive)
        {
            _requests.Writer.TryWrite(request);
        }
    }

    public void HangUp() => _requests.Writer.TryComplete();
}
