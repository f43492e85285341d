using System.CommandLine;
using Torc.Agent.Client;

namespace Torc.Agent.Commands;

/// <summary><c>torc doctor</c>: looks whether the database of a data folder is as it must be.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var data = CommandRun.DataOption();
        var json = CommandRun.JsonOption();
        var command = new Command("doctor", "Looks whether the database of a data folder is sound, and changes nothing. A server may go on with it meanwhile.") { data, json };
        command.SetTorcAction((parsed, _) =>
        {
            string[] arguments = parsed.GetValue(json) ? ["doctor", "--json"] : ["doctor"];
            var commandLine = new LocalServer(CommandRun.Data(parsed.GetValue(data))).CommandLine(arguments);

            // The server's program knows the database. It takes this process's place, so that the exit code is its own.
            return Task.FromException<ExitCode>(ReplacedProcess.Run(commandLine));
        });
        return command;
    }
}
