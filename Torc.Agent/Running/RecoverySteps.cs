using System.Globalization;
using System.Text.Json;
using Torc.Shared.Contracts;

namespace Torc.Agent.Running;

/// <summary>
/// Runs a recovery script and, if that ended with 0, becomes the command. One process leads both, so that whatever holds for a command
/// holds for the two of them: limits, signals, groups, logs.
/// </summary>
internal static class RecoverySteps
{
    // $0 the shell, $1 the script, $2 the command, $3 the mark, $4 to $6 what failed. The mark tells an end of the script from one of the command.
    private const string Steps = """
        TORC_FAILED_ATTEMPT=$4 TORC_FAILED_EXIT_CODE=$5 TORC_FAILED_OUTCOME=$6 "$0" -c "$1" || { code=$?; printf '' > "$3"; exit "$code"; }
        exec "$0" -c "$2"
        """;

    /// <param name="command">In a shell.</param>
    /// <param name="failedMark">The file that is there afterwards if the script did not end with 0.</param>
    public static JobCommand Before(JobCommand command, RecoveryOrder recovery, string failedMark) => new(
        command.Program,
        [
            command.Arguments[0], "-c", Steps, command.Program, recovery.Script, command.Arguments[^1], failedMark,
            recovery.FailedAttempt.ToString(CultureInfo.InvariantCulture),
            recovery.ExitCode?.ToString(CultureInfo.InvariantCulture) ?? "",
            JsonNamingPolicy.SnakeCaseLower.ConvertName(recovery.Outcome.ToString()),
        ]);
}
