using Torc.Agent.Files;
using Torc.Agent.Groups;
using Torc.Agent.Node;
using Torc.Agent.Sampling;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Reruns;

namespace Torc.Agent.Running;

/// <summary>The processes of this machine. This process has to be the one that orphans of its children fall to.</summary>
/// <param name="groups">Hold attempts to their memory; null where none may be made.</param>
internal sealed class LinuxProcesses(Spool spool, JobEnvironment environment, Marks marks, MemoryGroups? groups, TimeProvider time) : IJobProcesses
{
    // Attempts that end together are found with one scan. Who started since is found at the next signal.
    private static readonly TimeSpan ScanIsFresh = TimeSpan.FromMilliseconds(20);

    private readonly ProcessTrees _trees = new(Environment.ProcessId, marks.Of);
    private readonly SpawnerMemory _ownMemory = new(ProcFolder.OwnPeakMemory);
    private readonly Dictionary<AttemptId, JobProcesses> _attempts = [];

    /// <summary>The attempts, by the process that leads or led the session.</summary>
    private readonly Dictionary<int, AttemptId> _sessions = [];

    /// <summary>Children that lost their own parents, and whose they are; null if nothing tells.</summary>
    private readonly Dictionary<int, AttemptId?> _orphans = [];

    private readonly List<int> _adopted = [];

    /// <summary>Groups of attempts that are over: each can be removed when its last process has ended.</summary>
    private readonly List<MemoryGroup> _oldGroups = [];

    private IReadOnlyList<(ProcessInfo Process, AttemptId Attempt)> _scan = [];
    private long? _scannedAt;
    private ChildWatch? _children;

    public MemoryGuard MemoryGuard => groups?.Guard ?? MemoryGuard.Sampling;

    public void Watch(Action childEnded) => _children = new ChildWatch(childEnded);

    public StartedProcess Start(Assignment assignment, IReadOnlyList<string> gpus, string? apiUrl)
    {
        MemoryGroup? group;
        try
        {
            group = assignment.Granted.Memory.Bytes > 0 ? groups?.Make(assignment.Attempt, assignment.Granted.Memory) : null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return new StartedProcess(0, 0, 0, $"The group that holds it to its memory could not be made: {refused.Message}");
        }

        long before = ProcFolder.TicksNow();
        var (pid, problem) = JobStart.Start(assignment, environment, spool, gpus, apiUrl, group);
        if (problem is not null)
        {
            group?.TryRemove();
            return new StartedProcess(0, 0, 0, problem);
        }

        _sessions[pid] = assignment.Attempt;
        _attempts[assignment.Attempt] = new JobProcesses(
            pid, assignment.Granted.Memory, group, assignment.Recovery is null ? null : spool.RecoveryFailedMark(assignment.Attempt));
        _children?.Resume();

        // Its own line in /proc says it exactly, and whoever reads that now waits until the program is loaded.
        return new StartedProcess(pid, before, ProcFolder.TicksNow(), null);
    }

    public IReadOnlyList<EndedProcess> Reap()
    {
        var ended = new List<EndedProcess>();
        while (ChildThatEnded() is { } pid)
        {
            _ = Libc.Wait4(pid, out int status, 0, out var usage);
            if (LeaderOf(pid) is { } attempt)
            {
                var job = _attempts[attempt];
                job.IsLeaderReaped = true;
                var used = new AttemptUsage(usage.CpuTime + job.AdoptedCpu, _ownMemory.PeakOf(usage));
                ended.Add(new EndedProcess(attempt, status, used, job.Group?.RanOutOfMemory() ?? false, job.HasRecoveryFailed));
            }
            else if (_orphans.Remove(pid, out var owner) && owner is { } id && _attempts.TryGetValue(id, out var job))
            {
                job.AdoptedCpu += usage.CpuTime;
            }
        }

        SweepOrphans();
        RemoveOldGroups();
        _children?.Resume();
        return ended;
    }

    public int Signal(AttemptId attempt, int signal)
    {
        if (!_attempts.TryGetValue(attempt, out var job))
        {
            return 0;
        }

        // What is left of an attempt whose leader is gone hangs below the orphans that fell to us: where there are none, there is
        // nothing, and no need to look at every process of the machine.
        List<int> left = job.IsLeaderReaped ? [.. OrphansOf(attempt).Union(job.Group?.Members() ?? [])] : [];
        if (signal == 0 || (job.IsLeaderReaped && left.Count == 0))
        {
            return job.IsLeaderReaped ? left.Count : 1;
        }

        if (!job.IsLeaderReaped)
        {
            // One call for the group leaves no gap for a process that forks. The number is the group's as long as its leader is not reaped.
            Send(-job.Pid, signal);
        }

        var signaled = new HashSet<int>();
        foreach (var (process, owner) in FreshScan())
        {
            if (owner == attempt && !process.IsZombie && signaled.Add(process.Pid))
            {
                if ((job.IsLeaderReaped || process.Group != job.Pid || signal == Libc.SigKill) && IsStill(process))
                {
                    Send(process.Pid, signal);
                }
            }
        }

        if (signal == Libc.SigKill)
        {
            job.Group?.Kill();
        }

        foreach (int pid in left.Union(job.Group?.Members() ?? []).Where(signaled.Add))
        {
            Send(pid, signal);
        }

        return signaled.Count;
    }

    public void Release(AttemptId attempt)
    {
        if (!_attempts.Remove(attempt, out var job))
        {
            return;
        }

        if (_sessions.TryGetValue(job.Pid, out var owner) && owner == attempt)
        {
            _sessions.Remove(job.Pid);
        }

        if (job.Group is { } group)
        {
            _oldGroups.Add(group);
            RemoveOldGroups();
        }

        if (_orphans.Count > 0)
        {
            SweepOrphans();
        }
    }

    public IReadOnlyList<TreeUse> Sample() => _attempts.Count == 0 ? [] : [.. TreeSampler.Sum(Scan(), _attempts.Keys).Select(Complete)];

    public IReadOnlyList<RecordedFile> LookAtInputs(Assignment assignment) => FileRecords.See(assignment.WorkingDirectory, assignment.Inputs);

    public IReadOnlyList<RecordedFile> LookAtOutputs(Assignment assignment) => FileRecords.See(assignment.WorkingDirectory, assignment.Outputs);

    public LogLengths LookAtLogs(AttemptId attempt) =>
        new(LengthOf(spool.LogFile(attempt, LogStream.Stdout)), LengthOf(spool.LogFile(attempt, LogStream.Stderr)));

    // What a job put in the place of its log is none.
    private static long LengthOf(string path) => FileLook.At(path, followLink: false) is { Kind: EntryKind.File, Identity: { } identity } ? identity.Size : 0;

    private TreeUse Complete(TreeUse use)
    {
        var job = _attempts[use.Attempt];

        // The sum counts what processes share once for each. Before a job is ended for that, it is counted right, which takes longer.
        bool isGuarded = job.Group is not null || job.Limit.Bytes == 0;
        return use with
        {
            Cpu = use.Cpu + job.AdoptedCpu,
            Memory = isGuarded || use.Memory <= job.Limit ? use.Memory : TreeSampler.Proportional(_scan, use.Attempt),
            RanOutOfMemory = job.Group?.RanOutOfMemory() ?? false,
        };
    }

    private void RemoveOldGroups() => _oldGroups.RemoveAll(group => group.TryRemove());

    private static unsafe int? ChildThatEnded()
    {
        byte* info = stackalloc byte[Libc.SizeOfSignalInfo];
        *(int*)(info + Libc.SignalInfoPid) = 0;
        int answer = Libc.WaitId(Libc.WaitAll, 0, info, Libc.WaitExited | Libc.WaitNoWait | Libc.WaitNoHang);
        int pid = *(int*)(info + Libc.SignalInfoPid);
        return answer == 0 && pid > 0 ? pid : null;
    }

    // A number that led a session whose members are all gone may be an orphan's now, or that of another attempt.
    private AttemptId? LeaderOf(int pid) =>
        _sessions.TryGetValue(pid, out var attempt) && !_attempts[attempt].IsLeaderReaped ? attempt : null;

    private static void Send(int target, int signal)
    {
        _ = Libc.Kill(target, signal);
        if (signal == Libc.SigTerm)
        {
            // One that was stopped hears nothing until it goes on.
            _ = Libc.Kill(target, Libc.SigCont);
        }
    }

    // It may have ended since the scan and its number be another's: what is left of that race is the moment between these two calls.
    private static bool IsStill(ProcessInfo process) => ProcFolder.TryRead(process.Pid, out var now) && now.StartTicks == process.StartTicks;

    private IReadOnlyList<(ProcessInfo Process, AttemptId Attempt)> FreshScan() =>
        _scannedAt is { } at && time.GetElapsedTime(at) < ScanIsFresh ? _scan : Scan();

    private IReadOnlyList<(ProcessInfo Process, AttemptId Attempt)> Scan()
    {
        _scannedAt = time.GetTimestamp();
        return _scan = _trees.Scan(_sessions);
    }

    // As Reap has read them, after it had buried the attempt's leader: what hangs below that has fallen to us by then, and whoever is left since
    // hangs below one of those.
    private List<int> OrphansOf(AttemptId attempt)
    {
        // One that hides whose it is can only be of an attempt that is here: of this one, if there is no other.
        return [.. _adopted.Where(pid => _orphans[pid] is { } owner ? owner == attempt : _attempts.Count == 1)];
    }

    private void ReadOrphans()
    {
        ProcFolder.ReadAdopted(_adopted);
        _adopted.RemoveAll(pid => LeaderOf(pid) is not null);
        foreach (int pid in _adopted)
        {
            if (!_orphans.ContainsKey(pid))
            {
                _orphans[pid] = ProcFolder.TryRead(pid, out var info) ? _trees.OwnerOf(info, _sessions) : null;
            }
        }
    }

    /// <summary>
    /// Ends processes that outlived their parents and their attempt. Each one that ends may leave others to us, and is an
    /// occasion to look again, until none is left.
    /// </summary>
    private void SweepOrphans()
    {
        ReadOrphans();
        foreach (int pid in _adopted)
        {
            bool mayStay = _orphans[pid] is { } owner ? _attempts.ContainsKey(owner) : _attempts.Count > 0;
            if (!mayStay)
            {
                _ = Libc.Kill(pid, Libc.SigKill);
            }
        }
    }
}
