namespace Torc.Agent.Running;

/// <summary>Reads what <c>wait4</c> says of a process that ended: the low seven bits are a signal, the next byte is an exit code.</summary>
internal static class WaitStatus
{
    private static readonly string?[] Names =
    [
        null, "SIGHUP", "SIGINT", "SIGQUIT", "SIGILL", "SIGTRAP", "SIGABRT", "SIGBUS", "SIGFPE", "SIGKILL", "SIGUSR1", "SIGSEGV", "SIGUSR2",
        "SIGPIPE", "SIGALRM", "SIGTERM", "SIGSTKFLT", "SIGCHLD", "SIGCONT", "SIGSTOP", "SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGURG", "SIGXCPU",
        "SIGXFSZ", "SIGVTALRM", "SIGPROF", "SIGWINCH", "SIGIO", "SIGPWR", "SIGSYS",
    ];

    /// <summary>The signal that ended it; 0 if it ended by itself.</summary>
    public static int Signal(int status) => status & 0x7f;

    /// <summary>As a shell shows it: 128 plus the signal's number if a signal ended it.</summary>
    public static int ExitCode(int status) => Signal(status) is > 0 and var signal ? 128 + signal : (status >> 8) & 0xff;

    public static string SignalName(int signal) => signal < Names.Length && Names[signal] is { } name ? name : $"signal {signal}";
}
