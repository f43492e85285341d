using Torc.Agent.Running;
using Torc.Agent.Sampling;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Reruns;

namespace Torc.Faults.Simulation;

/// <summary>A node's processes, as one keeper sees them: its own children.</summary>
internal sealed class SimulatedJobs(World world, SimulatedNode node, SimulatedProcess keeper) : IJobProcesses
{
    private readonly Dictionary<AttemptId, JobProcess> _children = [];
    private readonly List<AttemptId> _reaped = [];
    private Action _childEnded = () => { };

    public MemoryGuard MemoryGuard => MemoryGuard.Sampling;

    public void Watch(Action childEnded) => _childEnded = childEnded;

    public StartedProcess Start(Assignment assignment, IReadOnlyList<string> gpus, string? apiUrl)
    {
        var process = node.Processes.Start(assignment, () => keeper.Run(_childEnded));
        _children[assignment.Attempt] = process;
        world.Started(node, process);
        return new StartedProcess(process.Pid, world.Events.Now.Ticks, world.Events.Now.Ticks, null);
    }

    public IReadOnlyList<EndedProcess> Reap()
    {
        var ended = _children.Values.Where(process => process.Status is not null).ToList();
        foreach (var process in ended)
        {
            _children.Remove(process.Attempt);
            _reaped.Add(process.Attempt);
        }

        return [.. ended.Select(process => new EndedProcess(process.Attempt, process.Status!.Value, AttemptUsage.None))];
    }

    public int Signal(AttemptId attempt, int signal)
    {
        if (!_children.TryGetValue(attempt, out var process))
        {
            return 0;
        }

        if (signal != 0)
        {
            node.Processes.Signal(process, signal);
        }

        return 1;
    }

    public void Release(AttemptId attempt)
    {
        // Simulated commands leave nothing running.
    }

    public IReadOnlyList<TreeUse> Sample() => [];

    public IReadOnlyList<RecordedFile> LookAtInputs(Assignment assignment) => [];

    public IReadOnlyList<RecordedFile> LookAtOutputs(Assignment assignment) =>
        world.Plan.CourseOf(assignment.Attempt).WritesOutputs ? [] : [new RecordedFile("out", FileState.Missing)];

    public LogLengths LookAtLogs(AttemptId attempt) => new(0, 0);

    /// <summary>What was reaped before the journal was flushed is written down in it.</summary>
    public void Flushed()
    {
        _reaped.ForEach(world.Truth.WrittenDown);
        _reaped.Clear();
    }
}
