using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Torc.Agent.Link;
using Torc.Agent.Running;
using Torc.Shared.Contracts;

namespace Torc.Faults.Simulation;

/// <summary>How an agent finds its keeper: by the socket in the spool folder.</summary>
internal sealed class KeeperLine(World world, SimulatedNode node, SimulatedProcess agent) : IKeeperConnector
{
    private RunAttempts? _lastRun;

    public async Task<IKeeperLink> OpenAsync(CancellationToken cancel)
    {
        while (node.Listening is null)
        {
            node.StartKeeper();
            await Task.Delay(TimeSpan.FromMilliseconds(50), node.Clock(agent), cancel);
        }

        var link = new Link(this, world, agent, node.Keeper!);
        var keeper = node.Listening!;
        node.Keeper!.Run(() => _ = keeper.TalkAsync(link.Peer));
        if (world.Variant == Variant.AssignmentsAreRepeated && _lastRun is not null)
        {
            await link.SendAsync(_lastRun, cancel);
        }

        return link;
    }

    private SimulatedClock Clock(SimulatedProcess process) => node.Clock(process);

    private sealed class Link : IKeeperLink
    {
        private readonly KeeperLine _line;
        private readonly World _world;
        private readonly SimulatedProcess _keeper;
        private readonly TimeProvider _clock;
        private readonly Channel<KeeperNews> _news = Channel.CreateUnbounded<KeeperNews>();

        public Link(KeeperLine line, World world, SimulatedProcess agent, SimulatedProcess keeper)
        {
            (_line, _world, _keeper, _clock) = (line, world, keeper, line.Clock(keeper));
            Peer = new KeeperEnd(world, keeper, news => agent.Run(() => _news.Writer.TryWrite(news)));
            // Whoever dies, the other one sees the end of the line.
            keeper.Ended += () => agent.Run(Close);
            agent.Ended += () => world.Events.In(World.LocalLatency, () => keeper.Run(Peer.HangUp));
            Peer.Closed += () => agent.Run(Close);
        }

        public KeeperEnd Peer { get; }

        public Task SendAsync(KeeperRequest request, CancellationToken cancel)
        {
            if (_news.Reader.Completion.IsCompleted || !_keeper.IsAlive)
            {
                throw new IOException("the keeper is gone");
            }

            if (request is RunAttempts run)
            {
                _line._lastRun = run;
            }

            if (_world.Variant == Variant.ReturnedIsKept && request is ReturnAttempts give)
            {
                _news.Writer.TryWrite(new KeeperReports([.. give.Attempts.Select(attempt => new AttemptReturned(attempt, _clock.GetUtcNow()))]));
            }
            else if (Broken(request) is { } sent)
            {
                _world.Events.In(World.LocalLatency, () => _keeper.Run(() => Peer.Take(sent)));
            }

            return Task.CompletedTask;
        }

        public async IAsyncEnumerable<KeeperNews> ReadAllAsync([EnumeratorCancellation] CancellationToken cancel)
        {
            while (await _news.Reader.WaitToReadAsync(cancel))
            {
                if (_news.Reader.TryRead(out var news))
                {
                    yield return news;
                }
            }
        }

        public ValueTask DisposeAsync()
        {
            Close();
            _world.Events.In(World.LocalLatency, () => _keeper.Run(Peer.HangUp));
            return ValueTask.CompletedTask;
        }

        private void Close() => _news.Writer.TryComplete();

        private KeeperRequest? Broken(KeeperRequest request) => (_world.Variant, request) switch
        {
            (Variant.NothingIsDropped, DropAttempts) => null,
            (Variant.KeeperIgnoresLeases, RunAttempts run) => run with { Attempts = [.. run.Attempts.Select(attempt => attempt with { Lease = null })] },
            (Variant.ServerIsImpatient, RunAttempts run) => run with { Attempts = [.. run.Attempts.Select(attempt => attempt with { Lease = attempt.Lease * 3 })] },
            (Variant.LeaseCountsFromAnswer, RunAttempts run) => run with { AskedAt = Later(run.AskedAt) },
            (Variant.LeaseCountsFromAnswer, RenewLeases renew) => renew with { AskedAt = Later(renew.AskedAt) },
            _ => request,
        };

        private long Later(long askedAt) => Math.Max(askedAt, _clock.GetTimestamp());
    }
}
