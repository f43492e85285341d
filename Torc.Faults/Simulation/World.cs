using System.Globalization;
using Torc.Shared.Jobs;
using Torc.Shared.Reruns;
using Torc.Shared.Workflows;
using Torc.Web.Engine;

namespace Torc.Faults.Simulation;

/// <summary>A server, some nodes and some workflows, and everything that can go wrong with them, on one thread and under one clock.</summary>
internal sealed class World
{
    /// <summary>Between two processes of one machine, whose messages keep their order.</summary>
    public static readonly TimeSpan LocalLatency = TimeSpan.FromMilliseconds(0.2);

    /// <summary>By then everything must have come to its end: leases have run out, and the longest jobs are done or ended.</summary>
    private static readonly TimeSpan End = Plan.Trouble + TimeSpan.FromHours(1);

    /// <summary>What has not come to its end by itself then is ended by people: longer than any job that ends takes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly Action<string>? _tell;
    private long _lastNumber;
    private int _starts;

    /// <param name="tell">Takes the history, a line each; null if nobody wants to read it.</param>
    public World(int seed, Variant variant, Action<string>? tell = null)
    {
        Variant = variant;
        _tell = tell;
        Plan = new Plan(seed);
        Random = new Random(seed ^ 0x5eed);
        StoreCheck = new StoreCheck(Findings);
        Store = new SimulatedStore(variant, Random, StoreCheck, Stored);
        Truth = new Truth(this);
        Server = new SimulatedServer(this);
        Nodes = [.. Plan.Nodes.Select(node => new SimulatedNode(this, node.Number, node.Cpus, node.ClockRate, node.ClockOffset))];
    }

    public Variant Variant { get; }

    public Plan Plan { get; }

    /// <summary>For what is decided on the way: delays, repetitions.</summary>
    public Random Random { get; }

    public EventQueue Events { get; } = new();

    public Findings Findings { get; } = new();

    public StoreCheck StoreCheck { get; }

    public SimulatedStore Store { get; }

    public Truth Truth { get; }

    public SimulatedServer Server { get; }

    public IReadOnlyList<SimulatedNode> Nodes { get; }

    public int Faults { get; private set; }

    /// <summary>Lives through one history.</summary>
    public void Run()
    {
        Server.Start();
        foreach (var node in Nodes)
        {
            node.StartAgent();
        }

        foreach (var (at, definition) in Plan.Workflows)
        {
            Submit(at, definition, $"/scratch/{NextNumber()}");
        }

        foreach (var fault in Plan.Faults)
        {
            Events.At(fault.At, () => Strike(fault));
        }

        foreach (var at in Plan.Edits)
        {
            Events.At(at, EditAndRunAgain);
        }

        foreach (var at in Plan.Turns)
        {
            Events.At(at, Turn);
        }

        Supervise();
        Events.At(Plan.Trouble, Heal);
        Events.RunUntil(End, () => Events.Now > Plan.Trouble && IsQuiet);
        Truth.CheckEnd();
        foreach (var process in new[] { Server.Process }.Concat(Nodes.SelectMany(node => new[] { node.Agent, node.Keeper })).OfType<SimulatedProcess>())
        {
            Findings.Require(process.Failure is null, FindingKind.Violation, () => $"the {process.Name} failed: {process.Failure}");
            // What the collector finalizes later must not find a world to act in.
            process.Kill();
        }
    }

    public SimulatedNode? NodeOf(NodeId id) => Store.Nodes.TryGetValue(id, out var stored) ? Nodes.First(node => node.AgentId == stored.AgentId) : null;

    public bool IsTold => _tell is not null;

    /// <summary>Writes a line of the history, such as <c>12.345 n1 starts 3.1</c>.</summary>
    public void Tell(string what) => _tell?.Invoke(string.Create(CultureInfo.InvariantCulture, $"{Events.Now.TotalSeconds,10:0.000} {what}"));

    public long NextNumber() => ++_lastNumber;

    public TimeSpan Latency() => TimeSpan.FromMilliseconds(Random.Next(40) == 0 ? Random.Next(3_000) : 0.2 + (Random.NextDouble() * 5));

    /// <summary>How long one side of a broken connection takes to see it.</summary>
    public TimeSpan TimeToNotice() => TimeSpan.FromMilliseconds(Random.Next(4) == 0 ? Random.Next(30_000) : Random.NextDouble() * 10);

    /// <summary>A keeper may be slow to start: then it meets a world that went on.</summary>
    public TimeSpan TimeToStart() => TimeSpan.FromMilliseconds(Random.Next(10) == 0 ? Random.Next(10_000) : 100);

    public bool IsRepeated() => Random.Next(15) == 0;

    public TimeSpan Detour() => TimeSpan.FromMilliseconds(Random.Next(8_000));

    private void Stored(SimulatedStore.Change change)
    {
        if (IsTold)
        {
            foreach (var job in change.Jobs)
            {
                Tell($"stored: job {job.Id} {job.Status} attempt {job.Attempt} node {job.Node} {job.Outcome?.Kind} {job.Outcome?.Detail}");
            }
        }
    }

    private bool IsQuiet =>
        Store.Workflows.Count == Plan.Workflows.Count
        && Store.Workflows.All(workflow => workflow.Status is WorkflowStatus.Completed or WorkflowStatus.Failed)
        && Nodes.All(node => node.Processes.Alive.Count == 0);

    // Until it is stored: who is refused tries again.
    private void Submit(TimeSpan at, WorkflowDefinition definition, string name) => Events.At(at, () =>
    {
        if (IsStored())
        {
            return;
        }

        Server.Change((state, commit, now) =>
        {
            if (!IsStored())
            {
                state.TryStart(state.Create(definition, name, new SpecSource("w.json", "{}"), now, commit), "ann", now, commit);
            }
        });
        Submit(Events.Now + TimeSpan.FromSeconds(5), definition, name);

        bool IsStored() => Store.Workflows.Any(workflow => workflow.Head.WorkingDirectory == name);
    });

    // What died is started again, as init and the server's own watch over its agent do.
    private void Supervise()
    {
        if (!Server.IsUp)
        {
            Server.Start();
        }

        foreach (var node in Nodes)
        {
            node.StartAgent();
        }

        Events.In(TimeSpan.FromSeconds(1 + (Random.NextDouble() * 4)), Supervise);
    }

    /// <summary>Called when a node has started an attempt.</summary>
    public void Started(SimulatedNode node, JobProcess process)
    {
        Truth.Started(node, process);
        if (Plan.PowerLoss is { } loss && ++_starts == loss.Start)
        {
            Events.In(loss.After, () => Strike(new Fault(Events.Now, FaultKind.NodeReboots, Nodes.ToList().IndexOf(node), TimeSpan.Zero)));
        }
    }

    private void Strike(Fault fault)
    {
        Faults++;
        if (IsTold)
        {
            Tell($"{fault.Kind} {Nodes[fault.Node].Name} for {fault.Lasts.TotalSeconds:0.0} s");
        }

        var node = Nodes[fault.Node];
        switch (fault.Kind)
        {
            case FaultKind.ServerIsKilled:
                Server.Process!.Kill();
                break;
            case FaultKind.ServerIsFrozen:
                Freeze(Server.Process, fault.Lasts);
                break;
            case FaultKind.AgentIsKilled:
                node.KillAgent();
                break;
            case FaultKind.AgentIsFrozen:
                Freeze(node.Agent, fault.Lasts);
                break;
            case FaultKind.KeeperIsKilled:
                node.KillKeeper();
                break;
            case FaultKind.KeeperIsFrozen:
                Freeze(node.Keeper, fault.Lasts);
                break;
            case FaultKind.NodeReboots:
                node.Reboot();
                break;
            case FaultKind.NodeIsDestroyed when Nodes.Count(other => !other.IsGone) > 1:
                node.Destroy();
                break;
            case FaultKind.NodeIsCutOff:
                node.CutOff();
                Events.In(fault.Lasts, node.Reconnect);
                break;
            case FaultKind.ConnectionBreaks:
                node.Wires.ToList().ForEach(wire => wire.Break());
                break;
            case FaultKind.NetworkIsSlow:
                node.IsSlow = true;
                Events.In(fault.Lasts, () => node.IsSlow = false);
                break;
            case FaultKind.StoreIsFull:
                Store.IsFull = true;
                Events.In(fault.Lasts, () => Store.IsFull = false);
                break;
            case FaultKind.DiskIsFull:
                node.Disk.IsFull = true;
                Events.In(fault.Lasts, () => node.Disk.IsFull = false);
                break;
            case FaultKind.WorkflowIsStopped:
                Server.Change((state, commit, now) =>
                {
                    if (state.Workflows.FirstOrDefault() is { } workflow)
                    {
                        state.TryStop(workflow, null, "stopped by ann", now, commit);
                    }
                });
                break;
            case FaultKind.JobsAreStopped:
                int chosen = Random.Next(10);
                Server.Change((state, commit, now) =>
                {
                    if (state.Workflows.LastOrDefault() is { } workflow)
                    {
                        state.TryStop(workflow, [chosen % workflow.State.JobCount], "stopped by ann", now, commit);
                    }
                });
                break;
            case FaultKind.JobsRunAgain:
                RunAgain(Random.Next(10), Random.Next(10), stop: Random.Next(2) == 0);
                break;
            case FaultKind.NodeIsDeclaredGone:
                // By mistake: it is only cut off, and comes back.
                node.CutOff();
                Events.In(fault.Lasts * 0.9, () => DeclareGone(node));
                Events.In(fault.Lasts, node.Reconnect);
                break;
        }
    }

    /// <summary>A person reruns a job and all that waits for it, with what failed before those, of a workflow that has ended or still runs.</summary>
    private void RunAgain(int which, int job, bool stop)
    {
        if (Store.Workflows.Where(workflow => workflow.Status != WorkflowStatus.Uninitialized).ToList() is not { Count: > 0 } begun)
        {
            return;
        }

        var id = begun[which % begun.Count].Id;
        var loaded = Store.Find(id);
        Server.Change((state, commit, now) =>
        {
            if (state.Adopt(loaded) is not { } workflow)
            {
                return;
            }

            var runs = Downstream(workflow.State, job % workflow.State.JobCount);
            if (runs.Any(position => workflow.State.Job(position).Outcome?.Kind == OutcomeKind.NodeLost))
            {
                // Whether a lost one still runs somewhere is for people to know.
                state.ReleaseIfEnded(workflow);
                return;
            }

            if (!state.TryRerun(workflow, runs, new HashSet<int>(), stop, RerunScope.SelectedAndDownstream, "ann", now, commit))
            {
                state.ReleaseIfEnded(workflow);
            }
        });
    }

    /// <summary>A person turns a job off, or all that are off on again, of a workflow that has ended or still runs.</summary>
    private void Turn()
    {
        if (Store.Workflows.Count == 0)
        {
            return;
        }

        var loaded = Store.Find(Store.Workflows.ElementAt(Random.Next(Store.Workflows.Count)).Id);
        bool on = Random.Next(3) == 0;
        int job = Random.Next(10);
        Server.Change((state, commit, now) =>
        {
            if (state.Adopt(loaded) is not { } workflow)
            {
                return;
            }

            int[] positions = on
                ? [.. Enumerable.Range(0, workflow.State.JobCount).Where(position => workflow.State.Job(position).Status == JobStatus.Disabled)]
                : [job % workflow.State.JobCount];
            if (on)
            {
                StoreCheck.TurnedOn(positions.Select(position => workflow.State.Job(position).Id));
            }

            if (!state.TryTurn(workflow, positions, on, "turned off by ann", now, commit))
            {
                state.ReleaseIfEnded(workflow);
            }
        });
    }

    /// <summary>A person gives a workflow that has ended another spec, and a moment later runs it again.</summary>
    private void EditAndRunAgain()
    {
        if (Store.Workflows.Where(workflow => workflow.Status is WorkflowStatus.Completed or WorkflowStatus.Failed).ToList() is not { Count: > 0 } ended)
        {
            return;
        }

        var id = ended[Random.Next(ended.Count)].Id;
        var loaded = Store.Find(id);
        var definition = SpecEdit.Of(loaded.State.Definition, Random, Nodes.Max(node => node.Capacity.Cpus), $"new{NextNumber()}");
        var origins = SpecChange.Between(loaded.State.Definition, definition, new Dictionary<string, string>()).Origins;
        Server.Change((state, commit, now) =>
        {
            if (state.Adopt(loaded) is not { } workflow)
            {
                return;
            }

            if (workflow.State.Version != loaded.State.Version || state.TryRevise(workflow, definition, origins, new SpecSource("w.json", "{}"), now, commit) is null)
            {
                state.ReleaseIfEnded(workflow);
            }
        });
        int job = Random.Next(10);
        Events.In(Detour(), () => RunAgain(Store.Workflows.TakeWhile(workflow => workflow.Id != id).Count(), job, stop: false));
    }

    private static HashSet<int> Downstream(WorkflowState workflow, int job)
    {
        var reached = new HashSet<int>();
        var open = new Stack<int>([job]);
        while (open.TryPop(out int next))
        {
            // No run starts what is off, and what waits for that does so for nothing.
            if (workflow.Job(next).Status != JobStatus.Disabled && reached.Add(next))
            {
                foreach (int dependent in workflow.Definition.Graph.DependentsOf(next))
                {
                    open.Push(dependent);
                }

                // As a plan has it: what failed before a job that is to run, or is new, runs as well.
                foreach (int blocker in workflow.Definition.Graph.BlockersOf(next))
                {
                    if (workflow.Job(blocker).Status is var status && (status.EndedBadly() || status == JobStatus.Uninitialized))
                    {
                        open.Push(blocker);
                    }
                }
            }
        }

        return reached;
    }

    private void DeclareGone(SimulatedNode node) => Server.Change((state, commit, now) =>
    {
        if (state.Nodes.FirstOrDefault(known => known.AgentId == node.AgentId) is { Connection: null } known)
        {
            Truth.GivenUp(known.Ledger.Held);
            state.DeclareGone(known.Id, "ann declared its node gone", now, commit);
        }
    });

    private void Freeze(SimulatedProcess? process, TimeSpan lasts)
    {
        if (process is { IsAlive: true })
        {
            process.Freeze();
            Events.In(lasts, process.Thaw);
        }
    }

    private void Heal()
    {
        foreach (var node in Nodes)
        {
            node.Reconnect();
        }

        // Who waits for ever is ended by people, and nodes that will not come back are declared gone: again and again, until it is heard.
        Tidy();
    }

    private void Tidy()
    {
        foreach (var node in Nodes.Where(node => node.IsGone))
        {
            DeclareGone(node);
        }

        if (Events.Now > Plan.Trouble + Patience)
        {
            Server.Change((state, commit, now) =>
            {
                foreach (var workflow in state.Workflows.ToList())
                {
                    state.TryStop(workflow, null, "stopped by ann", now, commit);
                }
            });
        }

        Events.In(TimeSpan.FromMinutes(1), Tidy);
    }
}
