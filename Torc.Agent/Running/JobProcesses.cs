using Torc.Agent.Groups;
using Torc.Shared.Quantities;

namespace Torc.Agent.Running;

/// <summary>What is known of one attempt's processes.</summary>
/// <param name="pid">The process that leads the session.</param>
/// <param name="limit">Zero for none.</param>
/// <param name="group">Holds them to their limit; null where measuring does.</param>
/// <param name="recoveryFailedMark">The file that is there when the recovery script has failed; null if there is no script.</param>
internal sealed class JobProcesses(int pid, MemorySize limit, MemoryGroup? group, string? recoveryFailedMark = null)
{
    public bool HasRecoveryFailed => recoveryFailedMark is not null && File.Exists(recoveryFailedMark);

    public int Pid { get; } = pid;

    public MemorySize Limit { get; } = limit;

    public MemoryGroup? Group { get; } = group;

    /// <summary>As long as it is not, its number is its own, and that of its group.</summary>
    public bool IsLeaderReaped { get; set; }

    /// <summary>Of processes that outlived their parents, ended, and are in no sum any more.</summary>
    public TimeSpan AdoptedCpu { get; set; }
}
