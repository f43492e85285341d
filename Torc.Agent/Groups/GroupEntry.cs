using Torc.Agent.Running;

namespace Torc.Agent.Groups;

/// <summary>
/// Lets a command enter its group before its first instruction. A process that posix_spawn starts is in our group, and to move it
/// from outside would be a race with its first allocations; clone3, which starts one in a group, cannot be called from here. So a
/// small shell enters, and then becomes the command.
/// </summary>
internal static class GroupEntry
{
    /// <summary>The exit code of one that could not enter, as <c>env</c> and <c>timeout</c> use it: it must not run without its limit.</summary>
    private const string Script = """echo 0 > "$0" || exit 125; exec "$@" """;

    public static JobCommand Into(string entryFile, JobCommand command) =>
        new("/bin/sh", ["sh", "-c", Script.TrimEnd(), entryFile, command.Program, .. command.Arguments.Skip(1)]);
}
