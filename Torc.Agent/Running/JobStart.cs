using Torc.Agent.Groups;
using Torc.Agent.Node;
using Torc.Shared.Contracts;

namespace Torc.Agent.Running;

/// <summary>Starts the command of an assignment.</summary>
internal static class JobStart
{
    /// <param name="group">Holds it to its memory; null if nothing does, or something else.</param>
    /// <returns>The process that leads the attempt's session; or why there is none, in a sentence.</returns>
    public static (int Pid, string? Problem) Start(Assignment assignment, JobEnvironment environment, Spool spool, IReadOnlyList<string> gpus, string? apiUrl, MemoryGroup? group)
    {
        try
        {
            spool.MakeLogFolder(assignment.Attempt);
            var variables = environment.For(assignment, gpus, apiUrl, spool.LogFolder(assignment.Attempt), spool.ProgressFile(assignment.Attempt));
            string[] block = [.. variables.Select(variable => $"{variable.Key}={variable.Value}")];
            var shell = JobCommand.InShell(assignment, spool.RecoveryFailedMark(assignment.Attempt));
            if (assignment is { InvocationScript: null, Recovery: null } && JobCommand.TryDirect(assignment.Command, variables) is { } direct)
            {
                int pid = Spawn.Start(Request(direct)).Pid;
                if (pid > 0)
                {
                    return (pid, null);
                }

                // The shell knows what to do with a script without a first line, and what to say if it knows neither.
            }

            var (shellPid, error) = Spawn.Start(Request(shell));
            return shellPid > 0 ? (shellPid, null) : (0, Explain(assignment, shell, error));

            Spawn.Request Request(JobCommand command)
            {
                var entering = group is null ? command : GroupEntry.Into(group.EntryFile, command);
                return new Spawn.Request(
                    entering.Program,
                    entering.Arguments,
                    block,
                    assignment.WorkingDirectory,
                    spool.LogFile(assignment.Attempt, LogStream.Stdout),
                    spool.LogFile(assignment.Attempt, LogStream.Stderr));
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return (0, $"The command could not be started: {failure.Message}");
        }
    }

    // posix_spawn gives one number for all of its steps: say which of them it must have been.
    private static string Explain(Assignment assignment, JobCommand shell, int error)
    {
        string folder = assignment.WorkingDirectory;
        return error switch
        {
            Libc.ENoEnt when !Directory.Exists(folder) => $"The working directory {folder} does not exist.",
            Libc.ENoEnt when !File.Exists(shell.Program) => $"There is no shell: {shell.Program} does not exist.",
            _ when File.Exists(folder) => $"The working directory {folder} is a file.",
            Libc.EAcces => $"The working directory {folder} may not be entered, or {shell.Program} not be run: {Libc.Describe(error)}.",
            _ => $"The command could not be started in {folder}: {Libc.Describe(error)}.",
        };
    }
}
