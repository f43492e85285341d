using Torc.Agent.Link;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Metrics;

namespace Torc.Faults.Simulation;

/// <summary>
/// One connection between an agent and the server. Calls of one connection are heard one after the other, as the hub does; but each may
/// come late, and a second time later still. When it breaks, both sides see so, each in its own time.
/// </summary>
internal sealed class Wire : IHubLink
{
    private readonly World _world;
    private readonly SimulatedNode _node;
    private readonly SimulatedProcess _agent;
    private readonly IAgentClient _client;
    private readonly CancellationTokenSource _lost = new();
    private readonly Queue<Func<Task>> _calls = new();
    private TimeSpan _lastArrival;
    private bool _isHearing;
    private bool _isBroken;

    private Wire(World world, SimulatedNode node, SimulatedProcess agent, IAgentClient client, string id)
    {
        (_world, _node, _agent, _client, Id) = (world, node, agent, client, id);
        agent.Ended += Break;
    }

    public string Id { get; }

    /// <summary>Whose connection it is; null before the welcome.</summary>
    public NodeId? Node { get; set; }

    public string ApiUrl => "http://server";

    public CancellationToken Lost => _lost.Token;

    /// <exception cref="IOException">Nobody listens there, or the way there is cut.</exception>
    public static Wire Open(World world, SimulatedNode node, SimulatedProcess agent, IAgentClient client)
    {
        if (!world.Server.IsUp || node.IsCutOff)
        {
            throw new IOException("no route to the server");
        }

        var wire = new Wire(world, node, agent, client, $"c{world.NextNumber()}");
        world.Server.Connect(wire);
        node.Wires.Add(wire);
        return wire;
    }

    public Task<AgentWelcome> HelloAsync(AgentHello hello, CancellationToken cancel) => CallAsync(() => _world.Server.HelloAsync(this, hello), cancel);

    public Task<ReportAnswer> ReportAsync(AgentReport report, CancellationToken cancel)
    {
        var answer = CallAsync(() => _world.Server.ReportAsync(this, report), cancel);
        return _world.Variant == Variant.ForgottenBeforeAnswered && report.Attempts.Count > 0 ? Task.FromResult(new ReportAnswer([], [], [])) : answer;
    }

    public Task SampleAsync(IReadOnlyList<AttemptSample> samples, CancellationToken cancel) => Task.CompletedTask;

    public Task SampleNodeAsync(IReadOnlyList<UsagePoint> points, CancellationToken cancel) => Task.CompletedTask;

    public Task DigestAsync(IReadOnlyList<FileDigest> digests, CancellationToken cancel) => Task.CompletedTask;

    public void Ring()
    {
        if (!_node.IsCutOff)
        {
            _world.Events.In(_node.Latency(), () => _agent.Run(() => _ = _client.WorkAvailable()));
        }
    }

    /// <summary>Breaks it. What is on its way may still arrive at the server.</summary>
    public void Break()
    {
        if (_isBroken)
        {
            return;
        }

        _isBroken = true;
        _node.Wires.Remove(this);
        _world.Events.In(_world.TimeToNotice(), () => _agent.Run(_lost.Cancel));
        _world.Events.In(_world.TimeToNotice(), () => _world.Server.Disconnect(this));
    }

    public ValueTask DisposeAsync()
    {
        Break();
        return ValueTask.CompletedTask;
    }

    private async Task<T> CallAsync<T>(Func<Task<T?>> call, CancellationToken cancel)
        where T : class
    {
        var answer = new TaskCompletionSource<T>();
        await using var over = cancel.Register(() => answer.TrySetException(new IOException("the connection was lost")));
        Send(call, answer);
        if (_world.IsRepeated())
        {
            // A second copy takes a longer way: it may come after calls that were made later, and nobody waits for its answer.
            _world.Events.In(_world.Detour(), () => Arrive(async () => _ = await call()));
        }

        return await answer.Task;
    }

    private void Send<T>(Func<Task<T?>> call, TaskCompletionSource<T> answer)
        where T : class
    {
        // In the order in which they were sent.
        _lastArrival = TimeSpan.FromTicks(Math.Max(_lastArrival.Ticks, (_world.Events.Now + _node.Latency()).Ticks));
        _world.Events.At(_lastArrival, () => Arrive(async () =>
        {
            T? result;
            string? failure = null;
            try
            {
                result = await call();
            }
            catch (IOException refused)
            {
                result = null;
                failure = refused.Message;
            }

            Answer(result, failure, answer);
        }));
    }

    private void Answer<T>(T? result, string? failure, TaskCompletionSource<T> answer)
        where T : class => _world.Events.In(_node.Latency(), () =>
    {
        if (!_isBroken && !_node.IsCutOff)
        {
            _agent.Run(() => _ = result is null ? answer.TrySetException(new IOException(failure ?? "superseded")) : answer.TrySetResult(result));
        }
    });

    // Packets that are on their way when a connection breaks may arrive all the same.
    private void Arrive(Func<Task> call)
    {
        var server = _world.Server.Process;
        if (server is { IsAlive: true } && !_node.IsCutOff)
        {
            _calls.Enqueue(call);
            server.Run(() => _ = HearAsync());
        }
    }

    private async Task HearAsync()
    {
        if (_isHearing)
        {
            return;
        }

        _isHearing = true;
        while (_calls.TryDequeue(out var call))
        {
            try
            {
                await call();
            }
            catch (IOException)
            {
                // Nobody waits for this answer.
            }
        }

        _isHearing = false;
    }
}
