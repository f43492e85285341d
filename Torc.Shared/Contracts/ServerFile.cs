namespace Torc.Shared.Contracts;

/// <summary>What a listening server says about itself in its data folder.</summary>
/// <param name="Url">Without a trailing slash.</param>
/// <param name="StartTicks">
/// When the process started, in clock ticks since boot (field 22 of <c>/proc/PID/stat</c>): a reader tells by it
/// whether the pid still is that server, for pids are used again.
/// </param>
public sealed record ServerFile(string Url, int Pid, long StartTicks);
