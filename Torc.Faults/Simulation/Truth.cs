using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Workflows;

namespace Torc.Faults.Simulation;

/// <summary>What really happened, whoever knows of it; and what must follow from it.</summary>
internal sealed class Truth(World world)
{
    private readonly Dictionary<AttemptId, JobProcess> _started = [];
    private readonly HashSet<AttemptId> _writtenDown = [];
    private readonly HashSet<AttemptId> _mayBeLost = [];
    private readonly HashSet<AttemptId> _givenUp = [];

    public int Starts => _started.Count;

    public void Started(SimulatedNode node, JobProcess process)
    {
        var id = process.Attempt;
        if (world.IsTold)
        {
            world.Tell($"{node.Name} starts {id}, which {(process.Course.Lasts is { } lasts ? $"lasts {lasts.TotalSeconds:0.0} s" : "does not end")}");
        }

        Require(_started.TryAdd(id, process), FindingKind.Doubled, () => $"attempt {id} was started twice");
        var copies = world.Nodes.SelectMany(other => other.Processes.Alive).Where(other => other.Attempt.Job == id.Job && other != process).ToList();
        Require(copies.Count == 0, FindingKind.Overlapping, () => $"attempt {id} started while {string.Join(", ", copies.Select(copy => copy.Attempt))} ran");
        int cpus = node.Processes.Alive.Sum(other => other.Assignment.Granted.Cpus);
        Require(cpus <= node.Capacity.Cpus, FindingKind.Overlapping, () => $"{cpus} CPUs are used on {node.Name}, which has {node.Capacity.Cpus}");

        if (world.Store.Owner(id.Job) is not { } workflow || world.Store.Attempts.GetValueOrDefault(id) is { Outcome: not null })
        {
            // Given out, and then its node was declared gone. Whoever starts it all the same is told to end it, and what it waits for
            // may be another by now.
            return;
        }

        var definition = workflow.Definition;
        int position = Array.FindIndex(workflow.Jobs, job => job.Id == id.Job);
        if (workflow.Jobs[position].Again)
        {
            // Given out before a job that it waits for was to run again. It runs once more when that has.
            return;
        }

        foreach (int blocker in definition.Graph.BlockersOf(position))
        {
            var before = workflow.Jobs[blocker];
            Require(
                world.StoreCheck.LetsRun(before, definition.Jobs[position]),
                FindingKind.OutOfOrder,
                () => $"attempt {id} started while job {before.Id}, for which it waits, was {before.Status}");
        }
    }

    /// <summary>A keeper that dies takes along what it had not written down.</summary>
    public void KeeperDied(SimulatedNode node) => _mayBeLost.UnionWith(node.Processes.Alive.Select(process => process.Attempt)
        .Concat(_started.Values.Where(process => !_writtenDown.Contains(process.Attempt) && process.Status is not null).Select(process => process.Attempt))
        .Concat(world.Store.Attempts.Values.Where(attempt => attempt.Outcome is null && world.NodeOf(attempt.Node) == node && !_writtenDown.Contains(attempt.Id)).Select(attempt => attempt.Id)));

    /// <summary>A person gave these up.</summary>
    public void GivenUp(IEnumerable<AttemptId> attempts) => _givenUp.UnionWith(attempts);

    public void WrittenDown(AttemptId attempt) => _writtenDown.Add(attempt);

    /// <summary>Nothing is said before it is stored.</summary>
    public void Answered(AgentReport report, ReportAnswer answer)
    {
        foreach (var assignment in answer.Start)
        {
            Require(world.Store.Attempts.ContainsKey(assignment.Attempt), FindingKind.Violation, () => $"I13 attempt {assignment.Attempt} was given out and not stored");
        }

        foreach (var told in report.Attempts.OfType<AttemptEnded>())
        {
            bool isOpen = world.Store.Attempts.TryGetValue(told.Attempt, out var stored) && stored.Outcome is null;
            Require(!isOpen, FindingKind.Violation, () => $"I13 the end of attempt {told.Attempt} was acknowledged and not stored");
        }
    }

    /// <summary>After everything has healed and come to its end.</summary>
    public void CheckEnd()
    {
        foreach (var workflow in world.Store.Workflows)
        {
            bool hasEnded = workflow.Status is WorkflowStatus.Completed or WorkflowStatus.Failed;
            Require(hasEnded, FindingKind.Stuck, () => $"I14 workflow {workflow.Id} has not ended: {string.Join(", ", workflow.Jobs.Select(job => $"{job.Id} {job.Status} {job.Attempt}"))}");
            foreach (var job in workflow.Jobs.Where(job => job.Status == JobStatus.Completed))
            {
                bool succeeded = _started.TryGetValue(job.NewestAttempt, out var process) && process is { EndedByItself: true, Status: 0, Course.WritesOutputs: true };
                Require(succeeded, FindingKind.Doubled, () => $"job {job.Id} is completed, and attempt {job.Attempt} did not end well");
            }
        }

        foreach (var attempt in world.Store.Attempts.Values)
        {
            CheckEnd(attempt.Id, attempt.Outcome);
        }

        foreach (var process in world.Nodes.Where(node => !node.IsGone).SelectMany(node => node.Processes.Alive))
        {
            Require(false, FindingKind.Orphan, () => $"attempt {process.Attempt} still runs");
        }
    }

    private void CheckEnd(AttemptId attempt, Outcome? outcome)
    {
        bool hasStarted = _started.TryGetValue(attempt, out var process);
        switch (outcome?.Kind)
        {
            case OutcomeKind.NodeLost:
                Require(MayBeLost(attempt), FindingKind.Lost, () => $"attempt {attempt} is lost ({outcome.Detail}), and nothing had happened to it");
                break;
            case OutcomeKind.Fenced when !hasStarted:
                break;
            case OutcomeKind.Fenced:
                Require(MayBeLost(attempt), FindingKind.Lost, () => $"attempt {attempt} was given up ({outcome.Detail}), and had been started");
                Require(MayRunAgain(attempt), FindingKind.Doubled, () => $"attempt {attempt} was given up ({outcome.Detail}) as if it had not been started, and its job may not run again by itself");
                break;
            case OutcomeKind.Exit or OutcomeKind.MissingOutput or OutcomeKind.Signal:
                Require(
                    hasStarted && process!.EndedByItself,
                    FindingKind.Doubled,
                    () => $"attempt {attempt} is said to have ended by itself ({outcome}), and did not");
                break;
        }
    }

    private bool MayRunAgain(AttemptId attempt) => _givenUp.Contains(attempt) || world.Store.Definition(attempt.Job)!.OnLost == OnLost.Rerun;

    private bool MayBeLost(AttemptId attempt) =>
        _mayBeLost.Contains(attempt) || _givenUp.Contains(attempt) || (world.Plan.LeasesMayRunOut && world.Store.Definition(attempt.Job)!.OnLost == OnLost.Rerun);

    private void Require(bool condition, FindingKind kind, Func<string> otherwise) => world.Findings.Require(condition, kind, otherwise);
}
