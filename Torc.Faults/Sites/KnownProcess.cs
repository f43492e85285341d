using Torc.Agent.Running;
using Torc.Agent.Sampling;

namespace Torc.Faults.Sites;

/// <summary>A process, told apart by its start from a later one with the same number.</summary>
internal readonly record struct KnownProcess(int Pid, long StartTicks)
{
    public bool IsAlive => Find(Pid) == this;

    /// <returns>Null if there is no such process, or only what is left of one.</returns>
    public static KnownProcess? Find(int pid) =>
        ProcFolder.TryRead(pid, out var process) && !process.IsZombie ? new KnownProcess(pid, process.StartTicks) : null;

    /// <returns>Whether it was there to get it.</returns>
    public bool Signal(int signal) => IsAlive && Libc.Kill(Pid, signal) == 0;
}
