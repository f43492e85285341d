using System.Collections;

namespace Torc.Agent.Running;

/// <summary>A process that goes on when the one that started it ends: it has its own session, and no terminal.</summary>
/// <param name="pid">A child of this process, which has to ask <see cref="TryReap"/> for it as long as it lives itself.</param>
internal sealed class DetachedProcess(int pid)
{
    public int Pid { get; } = pid;

    /// <param name="commandLine">The program's path and then its arguments; see <see cref="ThisProgram.CommandLine"/>.</param>
    /// <param name="environment">Null for this process's own.</param>
    /// <param name="logFile">Takes all that it prints; its folder must be there.</param>
    /// <exception cref="IOException">It could not be started.</exception>
    public static DetachedProcess Start(
        IReadOnlyList<string> commandLine,
        IEnumerable<KeyValuePair<string, string>>? environment,
        string workingDirectory,
        string logFile)
    {
        string[] variables = [.. (environment ?? OwnEnvironment()).Select(variable => $"{variable.Key}={variable.Value}")];
        var (pid, error) = Spawn.Start(new Spawn.Request(commandLine[0], commandLine, variables, workingDirectory, logFile, StandardError: null));
        return pid > 0
            ? new DetachedProcess(pid)
            : throw new IOException($"{commandLine[0]} could not be started in {workingDirectory}: {Libc.Describe(error)}");
    }

    public static IEnumerable<KeyValuePair<string, string>> OwnEnvironment() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(variable => KeyValuePair.Create((string)variable.Key, (string?)variable.Value ?? ""));

    /// <summary>Whether it has ended; then nothing is left of it. Never waits.</summary>
    /// <param name="exitCode">128 plus the signal's number if a signal ended it.</param>
    public bool TryReap(out int exitCode)
    {
        int answer = Libc.Wait4(Pid, out int status, Libc.WaitNoHang, out _);
        exitCode = answer == Pid ? WaitStatus.ExitCode(status) : 0;
        return answer != 0;
    }
}
