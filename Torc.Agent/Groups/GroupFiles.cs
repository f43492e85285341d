using Torc.Shared.Contracts;

namespace Torc.Agent.Groups;

/// <summary>How the two versions of control groups name what we need of them.</summary>
/// <param name="Limit">Takes the most memory that the group may have, in bytes.</param>
/// <param name="OtherLimits">Further files that make the limit hold, and what goes into them: <c>{0}</c> is the limit.</param>
/// <param name="Counter">Has a line <c>oom_kill 1</c>: how many processes the kernel has ended for their memory.</param>
/// <param name="Entry">A process of one thread that writes 0 enters the group.</param>
/// <param name="Kill">Ends all that is in the group; null if there is no such file.</param>
internal sealed record GroupFiles(MemoryGuard Guard, string Limit, IReadOnlyList<(string Name, string Value)> OtherLimits, string Counter, string Entry, string? Kill)
{
    /// <summary>The numbers of a group's processes, one a line.</summary>
    public const string Members = "cgroup.procs";

    /// <summary>Without swap: it would only make a job slow before it ends all the same. Absent where the kernel counts no swap.</summary>
    // Who enters as a thread need not wait until the kernel has stopped all that fork or end, which takes 5 to 20 ms where nobody else has
    // just entered a group. Version 2 lets no thread leave the memory of its process behind.
    public static GroupFiles Version1 { get; } = new(
        MemoryGuard.CgroupV1, "memory.limit_in_bytes", [("memory.memsw.limit_in_bytes", "{0}")], "memory.oom_control", Entry: "tasks", Kill: null);

    public static GroupFiles Version2 { get; } = new(
        MemoryGuard.CgroupV2, "memory.max", [("memory.swap.max", "0"), ("memory.oom.group", "1")], "memory.events", Entry: Members, Kill: "cgroup.kill");
}
