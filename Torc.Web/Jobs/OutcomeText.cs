using System.Globalization;
using Torc.Shared.Jobs;

namespace Torc.Web.Jobs;

/// <summary>Says in a few words how an attempt ended.</summary>
public static class OutcomeText
{
    private static readonly Dictionary<int, string> SignalNames = new()
    {
        [1] = "SIGHUP",
        [2] = "SIGINT",
        [3] = "SIGQUIT",
        [4] = "SIGILL",
        [6] = "SIGABRT",
        [7] = "SIGBUS",
        [8] = "SIGFPE",
        [9] = "SIGKILL",
        [11] = "SIGSEGV",
        [13] = "SIGPIPE",
        [14] = "SIGALRM",
        [15] = "SIGTERM",
        [24] = "SIGXCPU",
        [25] = "SIGXFSZ",
        [31] = "SIGSYS",
    };

    public static string ForPeople(Outcome outcome) => outcome.Kind switch
    {
        OutcomeKind.Exit => string.Create(CultureInfo.InvariantCulture, $"exit {outcome.ExitCode}"),
        OutcomeKind.Signal => Signal(outcome.ExitCode),
        OutcomeKind.OutOfMemory => "out of memory",
        OutcomeKind.Timeout => "ran too long",
        OutcomeKind.MissingOutput => "missing output",
        OutcomeKind.Canceled => "cancelled",
        OutcomeKind.Terminated => "stopped",
        OutcomeKind.Fenced => "replaced by a newer attempt",
        OutcomeKind.NodeLost => "node lost",
        OutcomeKind.SpawnError => "could not start",
        _ => outcome.Kind.ToString(),
    };

    private static string Signal(int? exitCode) => exitCode switch
    {
        null => "ended by a signal",
        { } code when SignalNames.TryGetValue(code - 128, out string? name) => string.Create(CultureInfo.InvariantCulture, $"{code} ({name})"),
        { } code => string.Create(CultureInfo.InvariantCulture, $"{code} (signal {code - 128})"),
    };
}
