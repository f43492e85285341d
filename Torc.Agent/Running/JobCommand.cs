using System.Buffers;
using System.Collections.Frozen;
using Torc.Shared.Contracts;

namespace Torc.Agent.Running;

/// <summary>Says what to execute for a command: a shell, or the program itself where a shell would only pass it on.</summary>
/// <param name="Program">For <c>execve</c>; relative to the working directory if it is not absolute.</param>
/// <param name="Arguments">With the name of the program in front.</param>
internal sealed record JobCommand(string Program, IReadOnlyList<string> Arguments)
{
    private static readonly string Shell = File.Exists("/bin/bash") ? "/bin/bash" : "/bin/sh";

    // Nothing in here means anything to a shell. '=' would make an assignment of a first word, '~' a home.
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:@%+, ");

    // What bash does itself although a program of that name may lie around. Of true and false the programs are as good.
    private static readonly FrozenSet<string> Builtins =
        ("[ alias bg bind break builtin caller case cd command compgen complete compopt continue coproc declare dirs disown do done echo "
        + "elif else enable esac eval exec exit export fc fg fi for function getopts hash help history if in jobs kill let local logout "
        + "mapfile popd printf pushd pwd read readarray readonly return select set shift shopt source suspend test then time times trap type "
        + "typeset ulimit umask unalias unset until wait while . :").Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What an <paramref name="invocationScript"/> gets as its arguments is the command as it is written.</summary>
    public static JobCommand InShell(string command, string? invocationScript) =>
        new(Shell, [Path.GetFileName(Shell), "-c", invocationScript is null ? command : $"{invocationScript} {command}"]);

    /// <summary>The same after a recovery script; see <see cref="RecoverySteps"/>.</summary>
    public static JobCommand InShell(Assignment assignment, string failedMark) => assignment.Recovery is { } recovery
        ? RecoverySteps.Before(InShell(assignment.Command, assignment.InvocationScript), recovery, failedMark)
        : InShell(assignment.Command, assignment.InvocationScript);

    /// <summary>
    /// The program itself, if the command is one program and plain words. To start it costs less than half of starting a shell
    /// first, and it is what the shell would have become.
    /// </summary>
    /// <returns>Null if a shell is needed, be it to say what is wrong.</returns>
    public static JobCommand? TryDirect(string command, IReadOnlyDictionary<string, string> environment)
    {
        if (command.AsSpan().ContainsAnyExcept(Plain) || environment.ContainsKey("BASH_ENV") || HasFunctions(environment))
        {
            return null;
        }

        string[] words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || Builtins.Contains(words[0]))
        {
            return null;
        }

        return Find(words[0], environment) is { } program ? new JobCommand(program, words) : null;
    }

    // bash exports a function as BASH_FUNC_name%%, and would call it instead of the program.
    private static bool HasFunctions(IReadOnlyDictionary<string, string> environment) =>
        environment.Keys.Any(name => name.StartsWith("BASH_FUNC_", StringComparison.Ordinal));

    private static string? Find(string name, IReadOnlyDictionary<string, string> environment)
    {
        if (name.Contains('/', StringComparison.Ordinal))
        {
            return name;
        }

        foreach (string folder in environment.GetValueOrDefault("PATH", "").Split(':'))
        {
            // An empty or relative entry means the working directory, which is the shell's business.
            if (!Path.IsPathRooted(folder))
            {
                return null;
            }

            string path = Path.Combine(folder, name);
            if (File.Exists(path))
            {
                return (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != UnixFileMode.None ? path : null;
            }
        }

        return null;
    }
}
