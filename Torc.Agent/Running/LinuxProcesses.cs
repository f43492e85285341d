using System.Collections.Concurrent;
using Torc.Agent.Node;
using Torc.Agent.Sampling;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;

namespace Torc.Agent.Running;

/// <summary>The processes of this machine. This process has to be the one that orphans of its children fall to.</summary>
internal sealed class LinuxProcesses(Spool spool, JobEnvironment environment, Marks marks) : IJobProcesses
{
    private readonly TreeSampler _sampler = new(Environment.ProcessId, marks.Of);
    private readonly SpawnerMemory _ownMemory = new(ProcFolder.OwnPeakMemory);

    /// <summary>What runs, by the number of the process that leads its session; for the sampling thread too.</summary>
    private readonly ConcurrentDictionary<int, AttemptId> _leaders = new();

    private readonly Dictionary<AttemptId, int> _pids = [];
    private readonly Dictionary<int, AttemptId?> _orphans = [];

    /// <summary>Of processes that outlived their parents, ended, and are in no sum any more.</summary>
    private readonly ConcurrentDictionary<AttemptId, TimeSpan> _adoptedCpu = [];

    private ChildWatch? _children;

    public MemoryGuard MemoryGuard => MemoryGuard.Sampling;

    public void Watch(Action childEnded) => _children = new ChildWatch(childEnded);

    public StartedProcess Start(Assignment assignment, IReadOnlyList<string> gpus, string? apiUrl)
    {
        var (pid, problem) = JobStart.Start(assignment, environment, spool, apiUrl);
        if (problem is not null)
        {
            return new StartedProcess(0, 0, problem);
        }

        _leaders[pid] = assignment.Attempt;
        _pids[assignment.Attempt] = pid;
        _children?.Resume();

        // It may have ended by now, but it is not reaped before we do it, so its line is still there.
        _ = ProcFolder.TryRead(pid, out var info);
        return new StartedProcess(pid, info.StartTicks, null);
    }

    public IReadOnlyList<EndedProcess> Reap()
    {
        var ended = new List<EndedProcess>();
        while (ChildThatEnded() is { } pid)
        {
            bool isLeader = _leaders.TryRemove(pid, out var attempt);
            if (isLeader)
            {
                // While the leader is not reaped its number is its own, so this hits what it left behind and nobody else.
                _ = Libc.Kill(-pid, Libc.SigKill);
            }

            _ = Libc.Wait4(pid, out int status, 0, out var usage);
            if (isLeader)
            {
                _pids.Remove(attempt);
                _adoptedCpu.TryRemove(attempt, out var adopted);
                ended.Add(new EndedProcess(attempt, status, new AttemptUsage(usage.CpuTime + adopted, _ownMemory.PeakOf(usage))));
            }
            else if (_orphans.Remove(pid, out var owner) && owner is { } id && _pids.ContainsKey(id))
            {
                _adoptedCpu[id] = _adoptedCpu.GetValueOrDefault(id) + usage.CpuTime;
            }
        }

        SweepOrphans();
        _children?.Resume();
        return ended;
    }

    // What is left of the group when its leader is gone falls to us one by one, and ends in SweepOrphans.
    public void Signal(AttemptId attempt, int signal)
    {
        if (_pids.TryGetValue(attempt, out int pid))
        {
            _ = Libc.Kill(-pid, signal);
        }
    }

    public IReadOnlyList<TreeUse> Sample() =>
        _leaders.IsEmpty ? [] : [.. _sampler.Sample(_leaders).Select(use => use with { Cpu = use.Cpu + _adoptedCpu.GetValueOrDefault(use.Attempt) })];

    public IReadOnlyList<string> MissingOutputs(Assignment assignment) =>
        [.. assignment.Outputs.Where(output => !Path.Exists(Path.Combine(assignment.WorkingDirectory, output)))];

    private static unsafe int? ChildThatEnded()
    {
        byte* info = stackalloc byte[Libc.SizeOfSignalInfo];
        *(int*)(info + Libc.SignalInfoPid) = 0;
        int answer = Libc.WaitId(Libc.WaitAll, 0, info, Libc.WaitExited | Libc.WaitNoWait | Libc.WaitNoHang);
        int pid = *(int*)(info + Libc.SignalInfoPid);
        return answer == 0 && pid > 0 ? pid : null;
    }

    /// <summary>
    /// Ends processes that outlived their parents and their attempt. Each one that ends may leave others to us, and is an
    /// occasion to look again, until none is left.
    /// </summary>
    private void SweepOrphans()
    {
        var adopted = new List<int>();
        ProcFolder.ReadAdopted(adopted);
        foreach (int pid in adopted.Where(pid => !_leaders.ContainsKey(pid)))
        {
            if (!_orphans.TryGetValue(pid, out var owner))
            {
                _orphans[pid] = owner = OwnerOf(pid);
            }

            // One that hides whose it is can only be of an attempt that runs, as long as any does.
            bool mayStay = owner is { } id ? _pids.ContainsKey(id) : _pids.Count > 0;
            if (!mayStay)
            {
                _ = Libc.Kill(pid, Libc.SigKill);
            }
        }
    }

    private AttemptId? OwnerOf(int pid) =>
        ProcFolder.TryRead(pid, out var info) && _leaders.TryGetValue(info.Session, out var attempt) ? attempt : marks.Of(pid);
}
