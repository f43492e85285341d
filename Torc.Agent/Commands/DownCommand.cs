using System.CommandLine;
using System.Globalization;
using Torc.Agent.Client;
using Torc.Agent.Node;
using Torc.Shared.Contracts;

namespace Torc.Agent.Commands;

/// <summary><c>torc down</c>: ends what <c>torc up</c> started.</summary>
internal static class DownCommand
{
    private static readonly TimeSpan AgentPatience = TimeSpan.FromSeconds(15);

    public static Command Create()
    {
        var json = CommandRun.JsonOption();
        var data = CommandRun.DataOption();
        var command = new Command("down", "Ends the server and the agent of this machine. Jobs that run go on; the next `torc up` finds them again.") { json, data };
        command.SetTorcAction(async (parsed, cancel) =>
        {
            var folder = CommandRun.Data(parsed.GetValue(data));
            bool server = await new LocalServer(folder).StopAsync(cancel);
            bool agent = await StopAgentAsync(folder.Spool(Environment.MachineName), cancel);
            if (parsed.GetValue(json))
            {
                CommandRun.WriteJson(new DownView(server, agent), TorcJson.Default.DownView);
                return ExitCode.Ok;
            }

            Console.WriteLine((server, agent) switch
            {
                (true, true) => "The server and the agent of this machine have ended.",
                (true, false) => "The server has ended; no agent ran on this machine.",
                (false, true) => "The agent of this machine has ended; no server ran.",
                _ => "Neither a server nor an agent ran.",
            });
            return ExitCode.Ok;
        });
        return command;
    }

    private static async Task<bool> StopAgentAsync(string spoolFolder, CancellationToken cancel)
    {
        if (!Directory.Exists(spoolFolder))
        {
            return false;
        }

        // The pid counts only while somebody holds the lock; otherwise it is of an agent that ended long ago.
        var spool = Spool.Open(spoolFolder);
        await using var free = Spool.TryLock(spool.AgentLock);
        if (free is not null
            || !File.Exists(spool.AgentPid)
            || !int.TryParse(await File.ReadAllTextAsync(spool.AgentPid, cancel), NumberStyles.None, CultureInfo.InvariantCulture, out int pid)
            || !await IsAgentAsync(pid, cancel)
            || OtherProcess.StartTicks(pid) is not { } startTicks)
        {
            return false;
        }

        await OtherProcess.EndAsync(pid, startTicks, AgentPatience, cancel);
        return true;
    }

    // A new agent has the lock a moment before it has written its pid; the old one may be somebody else's by now.
    private static async Task<bool> IsAgentAsync(int pid, CancellationToken cancel)
    {
        try
        {
            string[] commandLine = (await File.ReadAllTextAsync($"/proc/{pid}/cmdline", cancel)).Split('\0');
            return commandLine.Contains("agent") && commandLine.Any(word => Path.GetFileNameWithoutExtension(word) == "torc");
        }
        catch (IOException)
        {
            return false;
        }
    }
}
