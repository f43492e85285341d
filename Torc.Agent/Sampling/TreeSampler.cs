using Torc.Shared.Jobs;
using Torc.Shared.Quantities;

namespace Torc.Agent.Sampling;

/// <summary>Measures all attempts with one scan of the processes. Not safe for several threads.</summary>
/// <param name="keeper">The process that orphans of attempts fall to.</param>
/// <param name="mark">Tells the attempt that an orphan belongs to, from its environment.</param>
internal sealed class TreeSampler(int keeper, Func<int, AttemptId?> mark)
{
    private readonly List<ProcessInfo> _processes = [];
    private readonly Dictionary<int, int> _positions = [];
    private readonly Dictionary<(int Pid, long StartTicks), AttemptId?> _marks = [];

    /// <param name="leaders">The attempts that run, by the process that leads the session.</param>
    public IReadOnlyList<TreeUse> Sample(IReadOnlyDictionary<int, AttemptId> leaders)
    {
        ProcFolder.Scan(_processes);
        return Sum(_processes, leaders);
    }

    internal IReadOnlyList<TreeUse> Sum(List<ProcessInfo> processes, IReadOnlyDictionary<int, AttemptId> leaders)
    {
        _positions.Clear();
        for (int position = 0; position < processes.Count; position++)
        {
            _positions[processes[position].Pid] = position;
        }

        var sums = leaders.Values.Distinct().ToDictionary(attempt => attempt, _ => (Ticks: 0L, Pages: 0L));
        var owners = new Dictionary<int, AttemptId?>(processes.Count);
        foreach (var process in processes)
        {
            var owner = OwnerOf(process, processes, leaders, owners);
            if (owner is { } attempt && sums.TryGetValue(attempt, out var sum))
            {
                sums[attempt] = (sum.Ticks + process.CpuTicks, sum.Pages + (process.IsZombie ? 0 : process.ResidentPages));
            }
        }

        ForgetMarksOfOthers(processes);
        return [.. sums.Select(sum => new TreeUse(sum.Key, ProcFolder.Time(sum.Value.Ticks), new MemorySize(sum.Value.Pages * ProcFolder.PageBytes)))];
    }

    // By session; a process that made its own, by its parent; one that lost its parent too, by its mark.
    private AttemptId? OwnerOf(ProcessInfo process, List<ProcessInfo> processes, IReadOnlyDictionary<int, AttemptId> leaders, Dictionary<int, AttemptId?> owners)
    {
        if (leaders.TryGetValue(process.Session, out var ofSession))
        {
            return ofSession;
        }

        if (owners.TryGetValue(process.Pid, out var known))
        {
            return known;
        }

        // Set before the parent is asked: numbers are reused while the list is read, so parents may seem to form a circle.
        owners[process.Pid] = null;
        var owner = process.Parent == keeper ? MarkOf(process)
            : _positions.TryGetValue(process.Parent, out int parent) ? OwnerOf(processes[parent], processes, leaders, owners)
            : null;
        owners[process.Pid] = owner;
        return owner;
    }

    private AttemptId? MarkOf(ProcessInfo process)
    {
        var identity = (process.Pid, process.StartTicks);
        if (!_marks.TryGetValue(identity, out var attempt))
        {
            _marks[identity] = attempt = mark(process.Pid);
        }

        return attempt;
    }

    private void ForgetMarksOfOthers(List<ProcessInfo> processes)
    {
        if (_marks.Count > 0)
        {
            var alive = processes.Select(process => (process.Pid, process.StartTicks)).ToHashSet();
            foreach (var gone in _marks.Keys.Where(identity => !alive.Contains(identity)).ToList())
            {
                _marks.Remove(gone);
            }
        }
    }
}
