using System.Runtime.InteropServices;

namespace Torc.Agent.Client;

/// <summary>Lets another program go on in this process's place.</summary>
internal static partial class ReplacedProcess
{
    /// <returns>Only if it did not work: why.</returns>
    public static CommandException Run(IReadOnlyList<string> commandLine)
    {
        string?[] arguments = [.. commandLine, null];
        _ = Exec(commandLine[0], arguments);
        return new CommandException(ExitCode.Internal, $"{commandLine[0]} could not be started: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [LibraryImport("libc", EntryPoint = "execv", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Exec(string path, string?[] arguments);
}
