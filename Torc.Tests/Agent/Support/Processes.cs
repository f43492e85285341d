using Torc.Agent.Running;

namespace Torc.Tests.Agent.Support;

/// <summary>Signals to processes that a test started itself.</summary>
internal static class Processes
{
    public static void Kill(int pid) => _ = Libc.Kill(pid, Libc.SigKill);

    public static void Terminate(int pid) => _ = Libc.Kill(pid, Libc.SigTerm);

    public static void Freeze(int pid) => _ = Libc.Kill(pid, Libc.SigStop);

    public static void Thaw(int pid) => _ = Libc.Kill(pid, Libc.SigCont);
}
