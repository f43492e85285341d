using Torc.Shared.Graphs;
using Torc.Shared.Jobs;
using Torc.Shared.Placement;
using Torc.Shared.Quantities;
using Torc.Shared.Workflows;
using Torc.Web.Engine;

namespace Torc.Faults.Simulation;

/// <summary>All that is decided before the world begins: machines, workflows, what jobs do, and what goes wrong when.</summary>
internal sealed class Plan
{
    /// <summary>Things go wrong until then, and nothing does afterwards.</summary>
    public static readonly TimeSpan Trouble = TimeSpan.FromMinutes(4);

    private readonly int _seed;

    /// <summary>Every eighth history is about leases alone: long jobs that may run again, and nodes that get slow and are gone.</summary>
    private readonly bool _isAboutLeases;

    public Plan(int seed)
    {
        _seed = seed;
        var random = new Random(seed);
        _isAboutLeases = random.Next(8) == 0;
        EngineOptions = new EngineOptions { Lease = TimeSpan.FromSeconds(random.Next(20, 90)), Grace = TimeSpan.FromSeconds(random.Next(0, 5)) };
        // In most histories jobs are sent ahead: for as long as none, the shorter ones or most of them take.
        EngineOptions.Ahead = TimeSpan.FromSeconds(new Random(seed ^ 0xa4ead).Next(4) * 4);
        bool clocksAreWrong = random.Next(2) == 0;
        ServerClockRate = clocksAreWrong ? Rate(random) : 1;
        Nodes = [.. Enumerable.Range(1, random.Next(_isAboutLeases ? 2 : 1, 4)).Select(number => new NodePlan(
            number, random.Next(1, 5), clocksAreWrong ? Rate(random) : 1, clocksAreWrong ? TimeSpan.FromMinutes(random.Next(-60, 60)) : TimeSpan.Zero))];
        // Of its own, so that all else of a history is as it was before there were retries.
        var retries = new Random(seed ^ 0x7e7);
        Workflows = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => (Within(random, Trouble / 2), WithRetries(retries, Draw(random, Nodes.Max(node => node.Cpus)))))];
        var faults = _isAboutLeases
            ? Enumerable.Range(0, random.Next(1, 4)).SelectMany(_ => Announced(random, NextLoss(random)))
            : Enumerable.Range(0, random.Next(0, 25)).SelectMany(_ => random.Next(2) == 0 ? Announced(random, NextFault(random)) : [NextFault(random)]);
        Faults = [.. faults.OrderBy(fault => fault.At)];
        var power = new Random(seed ^ 0xb007);
        PowerLoss = power.Next(3) == 0 && Faults.Count > 0 ? (power.Next(1, 20), TimeSpan.FromMilliseconds(power.Next(20))) : null;
        var edits = new Random(seed ^ 0xed1);
        Edits = [.. Enumerable.Range(0, Math.Max(0, edits.Next(-3, 5))).Select(_ => Within(edits, Trouble)).Order()];
        var turns = new Random(seed ^ 0x0ff);
        Turns = [.. Enumerable.Range(0, Math.Max(0, turns.Next(-3, 7))).Select(_ => Within(turns, Trouble)).Order()];
    }

    public EngineOptions EngineOptions { get; }

    public double ServerClockRate { get; }

    public IReadOnlyList<NodePlan> Nodes { get; }

    public IReadOnlyList<(TimeSpan At, WorkflowDefinition Definition)> Workflows { get; }

    public IReadOnlyList<Fault> Faults { get; }

    /// <summary>A node loses its power a moment after the start of an attempt, which is the so many'th of all. Null for none.</summary>
    public (int Start, TimeSpan After)? PowerLoss { get; }

    /// <summary>When somebody gives a workflow another spec, and runs it again a moment later.</summary>
    public IReadOnlyList<TimeSpan> Edits { get; }

    /// <summary>When somebody turns a job off, or those of a workflow that are off on again.</summary>
    public IReadOnlyList<TimeSpan> Turns { get; }

    /// <summary>Whether it can happen that a node is not heard for a whole lease: a broken line alone may be noticed that late.</summary>
    public bool LeasesMayRunOut => Faults.Count > 0;

    /// <summary>What the command of an attempt does: the same whenever it is asked.</summary>
    public Course CourseOf(AttemptId attempt)
    {
        var random = new Random(unchecked((_seed * 486_187_739) ^ (int)((attempt.Job.Value * 31) + attempt.Number)));
        TimeSpan? lasts = random.Next(100) switch
        {
            < 75 when _isAboutLeases => EngineOptions.Lease * (0.5 + (2 * random.NextDouble())),
            < 50 => TimeSpan.FromSeconds(random.NextDouble() * 5),
            < 85 => TimeSpan.FromSeconds(5 + (random.NextDouble() * 55)),
            < 97 => TimeSpan.FromSeconds(60 + (random.NextDouble() * 140)),
            _ => null,
        };
        const int killed = 9;
        int status = random.Next(100) switch
        {
            < 88 => 0,
            < 95 => random.Next(1, 256) << 8,
            _ => killed,
        };
        TimeSpan? asked = random.Next(4) == 0 ? null : TimeSpan.FromSeconds(random.NextDouble() * 3);
        const int terminated = 15;
        return new Course(lasts, status, random.Next(100) < 95, asked, random.Next(2) == 0 ? 0 : terminated);
    }

    private static double Rate(Random random) => 0.91 + (random.NextDouble() * 0.18);

    private static TimeSpan Within(Random random, TimeSpan span) => span * random.NextDouble();

    private WorkflowDefinition Draw(Random random, int cpus)
    {
        int count = random.Next(1, 11);
        double density = random.NextDouble() * 0.5;
        var edges = new List<(int Blocker, int Job)>();
        for (int job = 1; job < count; job++)
        {
            edges.AddRange(Enumerable.Range(0, job).Where(_ => random.NextDouble() < density).Select(blocker => (blocker, job)));
        }

        var onLost = !_isAboutLeases && random.Next(2) == 0 ? OnLost.Hold : OnLost.Rerun;
        return new WorkflowDefinition(
            "w", null, null, null, new MonitorDefinition(null), [.. Enumerable.Range(0, count).Select(Job)], [], [], WorkflowGraph.TryBuild(count, edges)!);

        JobDefinition Job(int position) => new(
            $"j{position}",
            "run",
            null,
            new ResourceRequirements(random.Next(1, cpus + 1), MemorySize.Mebibytes(64), 0, 1, TimeSpan.FromHours(3)),
            null,
            random.Next(3),
            random.Next(4) != 0,
            new Dictionary<string, string>(),
            [],
            [],
            [],
            [],
            onLost);
    }

    // Half of the jobs are retried when they fail; some workflows leave what is left to people.
    private static WorkflowDefinition WithRetries(Random random, WorkflowDefinition drawn) => drawn with
    {
        UsePendingFailed = random.Next(6) == 0,
        Jobs =
        [
            .. drawn.Jobs.Select(job => random.Next(2) == 0
                ? job
                : job with { FailureRules = [new FailureRule([137], MatchesAll: false, "mend", 1), new FailureRule([], MatchesAll: true, null, random.Next(3))] }),
        ],
    };

    // A network often gets slow before it is gone.
    private IEnumerable<Fault> Announced(Random random, Fault fault)
    {
        if (fault.Kind == FaultKind.NodeIsCutOff)
        {
            var slow = Within(random, EngineOptions.Lease * 2);
            yield return new Fault(fault.At > slow ? fault.At - slow : TimeSpan.Zero, FaultKind.NetworkIsSlow, fault.Node, slow);
        }

        yield return fault;
    }

    private Fault NextLoss(Random random) => new(Within(random, Trouble), FaultKind.NodeIsCutOff, random.Next(Nodes.Count), EngineOptions.Lease * (1 + (3 * random.NextDouble())));

    private Fault NextFault(Random random)
    {
        var at = Within(random, Trouble);
        var kind = Enum.GetValues<FaultKind>()[random.Next(Enum.GetValues<FaultKind>().Length)];
        // Most troubles are short, some outlast a lease.
        var lasts = random.Next(3) == 0 ? Within(random, EngineOptions.Lease * 3) : TimeSpan.FromSeconds(Math.Pow(random.NextDouble(), 2) * 15);
        if (kind is FaultKind.KeeperIsFrozen or FaultKind.AgentIsFrozen && Workflows.Any(workflow => workflow.Definition.Jobs.Any(job => job.OnLost == OnLost.Rerun)))
        {
            // A keeper that cannot act cannot end a job, nor can an agent that cannot start the next keeper. A lease has a margin for
            // that, and no more can be promised.
            lasts = TimeSpan.FromTicks(Math.Min(lasts.Ticks, (EngineOptions.Lease / 10).Ticks));
        }

        return new Fault(at, kind, random.Next(Nodes.Count), lasts);
    }
}
