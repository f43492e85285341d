using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Torc.Shared.Contracts;
using Torc.Web.Engine;
using Torc.Web.Live;
using Torc.Web.Security;

namespace Torc.Faults.Simulation;

/// <summary>The server, one incarnation after the other: the product's engine on the simulated store.</summary>
internal sealed class SimulatedServer(World world) : IAgentDoorbell
{
    private readonly Dictionary<string, Wire> _wires = [];
    private int _incarnation;

    public SimulatedProcess? Process { get; private set; }

    public WorkflowEngine? Engine { get; private set; }

    public AgentDesk? Desk { get; private set; }

    public bool IsUp => Process is { IsAlive: true };

    public void Start()
    {
        var process = Process = new SimulatedProcess(world.Events, $"server {++_incarnation}");
        var clock = new SimulatedClock(world.Events, process, world.Plan.ServerClockRate, TimeSpan.Zero);
        var store = world.Store.For(clock);
        var options = Options.Create(world.Plan.EngineOptions);
        process.Ended += () => _wires.Values.ToList().ForEach(wire => wire.Break());
        process.Start(() =>
        {
            Engine = new WorkflowEngine(store, new LiveFeed(clock), this, options, clock, NullLogger<WorkflowEngine>.Instance);
            Desk = new AgentDesk(Engine, store, options, new AttemptTokens([]));
            var leases = new LeaseWatch(Engine, options, clock, NullLogger<LeaseWatch>.Instance);
            var ahead = new AheadWatch(Engine, options, clock);
            return Task.WhenAll(Engine.RunAsync(CancellationToken.None), leases.RunAsync(CancellationToken.None), ahead.RunAsync(CancellationToken.None));
        });
    }

    /// <summary>Asks for a change, as a person does, and forgets about it.</summary>
    public void Change(Action<EngineState, Commit, DateTimeOffset> change)
    {
        if (IsUp)
        {
            Process!.Run(() => _ = AskAsync(change));
        }
    }

    public void Connect(Wire wire) => _wires.Add(wire.Id, wire);

    public void Disconnect(Wire wire)
    {
        if (_wires.Remove(wire.Id) && IsUp && wire.Node is { } node)
        {
            Process!.Run(() => _ = Quietly(Desk!.DisconnectedAsync(node, wire.Id)));
        }
    }

    public void Ring(IReadOnlyList<string> connections)
    {
        foreach (string connection in connections)
        {
            _wires.GetValueOrDefault(connection)?.Ring();
        }
    }

    /// <summary>What the hub does with a call of an agent.</summary>
    public async Task<AgentWelcome?> HelloAsync(Wire wire, AgentHello hello)
    {
        if (world.Variant == Variant.NothingIsTakenBack)
        {
            var believed = world.Store.Attempts.Values.Where(attempt => attempt.Outcome is null && world.Store.Nodes[attempt.Node].AgentId == hello.AgentId);
            hello = hello with { Held = [.. hello.Held.Union(believed.Select(attempt => attempt.Id))] };
        }

        var welcome = await Desk!.HelloAsync(hello, wire.Id);
        if (welcome is not null && world.Variant == Variant.AnyAttemptCounts)
        {
            // What is not dropped is told, and must not count.
            welcome = welcome with { Drop = [.. welcome.Drop.Except(hello.Ended)] };
        }

        if (welcome is not null)
        {
            wire.Node = welcome.Node;
            if (!_wires.ContainsKey(wire.Id))
            {
                await Desk.DisconnectedAsync(welcome.Node, wire.Id);
            }
        }

        return welcome;
    }

    public async Task<ReportAnswer?> ReportAsync(Wire wire, AgentReport report)
    {
        string connection = wire.Id;
        if (world.Variant is Variant.AnyAttemptCounts)
        {
            report = report with { Attempts = [.. report.Attempts.Select(AboutTheNewest)] };
        }

        if (world.Variant is Variant.OldConversationsCount or Variant.RepeatedReportsCount)
        {
            (report, connection) = await AsTheNewestAsync(wire, report);
        }

        if (wire.Node is not { } node)
        {
            return null;
        }

        var answer = await Desk!.ReportAsync(node, report, connection, CancellationToken.None);
        if (answer is not null)
        {
            world.Truth.Answered(report, answer);
        }

        return world.Variant == Variant.StopsAreForgotten && answer is not null ? answer with { Stop = [] } : answer;
    }

    private AttemptReport AboutTheNewest(AttemptReport told)
    {
        int newest = world.Store.Job(told.Attempt.Job)?.Attempt ?? told.Attempt.Number;
        var attempt = told.Attempt with { Number = newest };
        return told with { Attempt = attempt };
    }

    private Task<(AgentReport Report, string Connection)> AsTheNewestAsync(Wire wire, AgentReport report) => Engine!.ReadAsync(
        state =>
        {
            var known = state.Nodes.FirstOrDefault(node => node.Id == wire.Node);
            return known is null ? (report, wire.Id)
                : world.Variant == Variant.OldConversationsCount && known.Connection is { } current
                    ? (report with { Session = known.Session, Sequence = known.LastReport.Sequence + 1 }, current)
                    : (report with { Sequence = known.LastReport.Sequence + 1 }, wire.Id);
        },
        CancellationToken.None);

    private async Task AskAsync(Action<EngineState, Commit, DateTimeOffset> change) => await Quietly(Engine!.ChangeAsync(
        (state, commit, now) =>
        {
            change(state, commit, now);
            return true;
        },
        CancellationToken.None));

    // What could not be stored was refused, and whoever asked may ask again.
    private static async Task Quietly(Task task)
    {
        try
        {
            await task;
        }
        catch (IOException)
        {
            // As a person would be told.
        }
    }
}
