using Microsoft.Extensions.Logging.Abstractions;
using Torc.Agent.Files;
using Torc.Agent.Journal;
using Torc.Agent.Link;
using Torc.Agent.Running;
using Torc.Shared.Contracts;
using Torc.Shared.Placement;
using Torc.Shared.Quantities;

namespace Torc.Faults.Simulation;

/// <summary>A machine: its disk, its clock, its processes, and on it the product's agent and keeper, one incarnation after the other.</summary>
internal sealed class SimulatedNode(World world, int number, int cpus, double clockRate, TimeSpan clockOffset) : IHubConnector
{
    private int _epoch;
    private int _boot = 1;

    public string Name { get; } = $"n{number}";

    public string AgentId { get; } = $"a{number}";

    public NodeCapacity Capacity { get; } = new(cpus, MemorySize.Gibibytes(64), 0);

    public SimulatedDisk Disk { get; } = new(world.Random);

    public ProcessTable Processes { get; } = new(world);

    public List<Wire> Wires { get; } = [];

    public SimulatedProcess? Agent { get; private set; }

    public SimulatedProcess? Keeper { get; private set; }

    /// <summary>The keeper's ear, while one listens.</summary>
    public Keeper? Listening { get; private set; }

    /// <summary>Nothing goes to the server or comes from it.</summary>
    public bool IsCutOff { get; private set; }

    /// <summary>What goes to the server and comes from it takes as long as most of a lease.</summary>
    public bool IsSlow { get; set; }

    public bool IsGone { get; private set; }

    public void StartAgent()
    {
        if (IsGone || Agent is { IsAlive: true })
        {
            return;
        }

        int epoch = ++_epoch;
        var process = Agent = new SimulatedProcess(world.Events, $"agent of {Name}");
        process.Start(() => new AgentLoop(
            new AgentIdentity(AgentId, epoch, Name, "", Capacity),
            new KeeperLine(world, this, process),
            this,
            new LogReader((_, _) => throw new NotSupportedException("nobody asks for logs"), Clock(process)),
            new NodeFiles(Clock(process)),
            SimulatedMachine.Instance,
            Clock(process),
            new Random(world.Random.Next()),
            NullLogger<AgentLoop>.Instance).RunAsync(CancellationToken.None));
    }

    public async Task<IHubLink> OpenAsync(IAgentClient client, CancellationToken cancel)
    {
        var agent = Agent!;
        await Task.Delay(world.Latency(), Clock(agent), cancel);
        return Wire.Open(world, this, agent, client);
    }

    /// <summary>Starts a keeper, as the agent does when nobody answers. It listens when it has made order.</summary>
    public void StartKeeper()
    {
        if (IsGone || Keeper is { IsAlive: true })
        {
            return;
        }

        var process = Keeper = new SimulatedProcess(world.Events, $"keeper of {Name}");
        process.Ended += () => Listening = null;
        process.Start(() => KeepAsync(process));
    }

    public void KillAgent() => Agent?.Kill();

    public void KillKeeper()
    {
        if (Keeper is { IsAlive: true } keeper)
        {
            world.Truth.KeeperDied(this);
            keeper.Kill();
        }
    }

    /// <summary>How long a message to or from the server takes now.</summary>
    public TimeSpan Latency() => IsSlow ? world.Plan.EngineOptions.Lease * (world.Random.NextDouble() * 0.8) : world.Latency();

    public void CutOff()
    {
        IsCutOff = true;
        Wires.ToList().ForEach(wire => wire.Break());
    }

    public void Reconnect() => IsCutOff = false;

    /// <summary>The power fails; it comes back with what its disk has.</summary>
    public void Reboot()
    {
        KillKeeper();
        KillAgent();
        Processes.KillAll();
        Disk.LosePower();
        _boot++;
    }

    /// <summary>It burns down.</summary>
    public void Destroy()
    {
        Reboot();
        IsGone = true;
    }

    public SimulatedClock Clock(SimulatedProcess process) => new(world.Events, process, clockRate, clockOffset);

    private string BootId => world.Variant == Variant.BootsLookAlike ? "boot" : $"boot {_boot}";

    private async Task KeepAsync(SimulatedProcess process)
    {
        var clock = Clock(process);
        await Task.Delay(world.TimeToStart(), clock);
        var processes = new SimulatedJobs(world, this, process);
        using var journal = await AttemptJournal.OpenAsync(Disk.Open(world.Variant, processes.Flushed), BootId, CancellationToken.None);
        await Task.Delay(world.Latency(), clock);
        if (world.Variant != Variant.SurvivorsLive)
        {
            Processes.KillAll();
        }

        await Task.Delay(world.Latency(), clock);
        var keeper = new Keeper(journal, processes, clock, NullLogger<Keeper>.Instance);
        Listening = keeper;
        await keeper.RunAsync(CancellationToken.None);
        Listening = null;
    }
}
