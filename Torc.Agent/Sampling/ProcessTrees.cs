using Torc.Shared.Jobs;

namespace Torc.Agent.Sampling;

/// <summary>
/// Finds the processes of attempts, with one scan for all of them. Whatever a process does to hide, it stays a descendant of the
/// keeper, which orphans fall to; which attempt it is of is told by its session, its parent, its mark, or by what was seen before.
/// </summary>
/// <param name="keeper">The process that orphans of attempts fall to.</param>
/// <param name="mark">Tells the attempt that an orphan belongs to, from its environment.</param>
internal sealed class ProcessTrees(int keeper, Func<int, AttemptId?> mark)
{
    private readonly List<ProcessInfo> _processes = [];
    private readonly Dictionary<int, int> _positions = [];
    private readonly Dictionary<int, (bool IsOurs, AttemptId? Attempt)> _owners = [];

    /// <summary>Of orphans only the last scan can tell whose they were, if they carry no mark.</summary>
    private Dictionary<(int Pid, long StartTicks), AttemptId> _known = [];

    /// <param name="sessions">The attempts, by the process that leads or led the session.</param>
    public IReadOnlyList<(ProcessInfo Process, AttemptId Attempt)> Scan(IReadOnlyDictionary<int, AttemptId> sessions)
    {
        ProcFolder.Scan(_processes);
        return Assign(_processes, sessions);
    }

    /// <summary>The attempt that an orphan belongs to; null if nothing tells.</summary>
    public AttemptId? OwnerOf(ProcessInfo orphan, IReadOnlyDictionary<int, AttemptId> sessions) =>
        sessions.TryGetValue(orphan.Session, out var attempt) || _known.TryGetValue((orphan.Pid, orphan.StartTicks), out attempt) ? attempt : mark(orphan.Pid);

    internal IReadOnlyList<(ProcessInfo Process, AttemptId Attempt)> Assign(List<ProcessInfo> processes, IReadOnlyDictionary<int, AttemptId> sessions)
    {
        _positions.Clear();
        _owners.Clear();
        for (int position = 0; position < processes.Count; position++)
        {
            _positions[processes[position].Pid] = position;
        }

        var found = new List<(ProcessInfo Process, AttemptId Attempt)>();
        foreach (var process in processes)
        {
            if (Find(process, processes, sessions).Attempt is { } attempt)
            {
                found.Add((process, attempt));
            }
        }

        _known = found.ToDictionary(pair => (pair.Process.Pid, pair.Process.StartTicks), pair => pair.Attempt);
        return found;
    }

    private (bool IsOurs, AttemptId? Attempt) Find(ProcessInfo process, List<ProcessInfo> processes, IReadOnlyDictionary<int, AttemptId> sessions)
    {
        if (_owners.TryGetValue(process.Pid, out var owner))
        {
            return owner;
        }

        // Set before the parent is asked: numbers are reused while the list is read, so parents may seem to form a circle.
        _owners[process.Pid] = default;
        if (process.Parent == keeper)
        {
            owner = (true, OwnerOf(process, sessions));
        }
        else if (process.Pid != keeper && _positions.TryGetValue(process.Parent, out int position))
        {
            // A session's number may be somebody else's by now, so it counts among our descendants only.
            owner = Find(processes[position], processes, sessions);
            owner = owner.IsOurs && sessions.TryGetValue(process.Session, out var attempt) ? (true, attempt) : owner;
        }

        _owners[process.Pid] = owner;
        return owner;
    }
}
