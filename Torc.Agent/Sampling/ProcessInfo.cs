namespace Torc.Agent.Sampling;

/// <summary>One line of <c>/proc/PID/stat</c>, as far as it is needed.</summary>
/// <param name="Group">The number of the process that leads its process group.</param>
/// <param name="Session">The number of the process that leads its session.</param>
/// <param name="StartTicks">Clock ticks from the machine's start to the process's: with its number, its identity.</param>
/// <param name="CpuTicks">User and system time, with that of the children it waited for.</param>
/// <param name="ResidentPages">Pages of memory that it holds now.</param>
internal readonly record struct ProcessInfo(int Pid, int Parent, int Group, int Session, char State, long StartTicks, long CpuTicks, long ResidentPages)
{
    /// <summary>Ended, and not yet waited for.</summary>
    public bool IsZombie => State is 'Z' or 'X';
}
