using Torc.Agent.Running;
using Torc.Agent.Sampling;
using Torc.Shared.Quantities;

namespace Torc.Tests.Agent.Support;

/// <summary>Signals to processes that a test started itself.</summary>
internal static class Processes
{
    public static void Kill(int pid) => _ = Libc.Kill(pid, Libc.SigKill);

    public static void Terminate(int pid) => _ = Libc.Kill(pid, Libc.SigTerm);

    public static void Freeze(int pid) => _ = Libc.Kill(pid, Libc.SigStop);

    public static void Thaw(int pid) => _ = Libc.Kill(pid, Libc.SigCont);

    public static bool IsStopped(int pid) => ProcFolder.TryRead(pid, out var info) && info.State == 'T';

    public static MemorySize Memory(int pid) => ProcFolder.TryRead(pid, out var info) ? new MemorySize(info.ResidentPages * ProcFolder.PageBytes) : default;
}
