namespace Torc.Agent.Running;

/// <summary>
/// Starts programs by <c>posix_spawn</c>, each in a session of its own, with default signal dispositions and nothing
/// blocked. System.Diagnostics.Process leaves SIGPIPE ignored in its children and keeps them in our session.
/// </summary>
internal static class Spawn
{
    /// <param name="StandardOutput">The file that its output is appended to; made with mode 0600; never a link.</param>
    /// <param name="StandardError">As for the output; null to send it to the same file.</param>
    /// <param name="Environment">All of it, as <c>NAME=value</c>.</param>
    internal sealed record Request(
        string Program,
        IReadOnlyCollection<string> Arguments,
        IReadOnlyCollection<string> Environment,
        string WorkingDirectory,
        string StandardOutput,
        string? StandardError);

    /// <returns>The new process, which the caller has to wait for; or 0 and the number of the error.</returns>
    /// <exception cref="ArgumentException">A text has a zero byte inside.</exception>
    public static unsafe (int Pid, int Error) Start(Request request)
    {
        using var arguments = new NativeStrings(request.Arguments);
        using var environment = new NativeStrings(request.Environment);
        byte* actions = stackalloc byte[Libc.SizeOfSpawnBlock];
        byte* attributes = stackalloc byte[Libc.SizeOfSpawnBlock];
        byte* signals = stackalloc byte[Libc.SizeOfSignalSet];
        Check(Libc.SpawnActionsInit(actions));
        Check(Libc.SpawnAttributesInit(attributes));
        try
        {
            Check(Libc.SignalsFill(signals));
            Check(Libc.SpawnAttributesSetSignalDefault(attributes, signals));
            Check(Libc.SignalsEmpty(signals));
            Check(Libc.SpawnAttributesSetSignalMask(attributes, signals));
            Check(Libc.SpawnAttributesSetFlags(attributes, Libc.SpawnSetSession | Libc.SpawnSetSigDefault | Libc.SpawnSetSigMask));

            int log = Libc.OWriteOnly | Libc.OCreate | Libc.OAppend | Libc.ONoFollow;
            Check(Libc.SpawnActionsAddOpen(actions, 0, "/dev/null", 0, 0));
            Check(Libc.SpawnActionsAddOpen(actions, 1, request.StandardOutput, log, 0x180));
            Check(request.StandardError is { } errors
                ? Libc.SpawnActionsAddOpen(actions, 2, errors, log, 0x180)
                : Libc.SpawnActionsAddDup2(actions, 1, 2));
            Check(Libc.SpawnActionsAddChangeDirectory(actions, request.WorkingDirectory));

            int error = Libc.PosixSpawn(out int pid, request.Program, actions, attributes, arguments.Pointer, environment.Pointer);
            return error == 0 ? (pid, 0) : (0, error);
        }
        finally
        {
            _ = Libc.SpawnAttributesDestroy(attributes);
            _ = Libc.SpawnActionsDestroy(actions);
        }
    }

    private static void Check(int error)
    {
        if (error != 0)
        {
            throw new IOException($"a process could not be prepared: {Libc.Describe(error)}");
        }
    }
}
