using System.CommandLine;
using Torc.Agent.Client;

namespace Torc.Agent.Commands;

/// <summary><c>torc server</c>: runs the server in this terminal.</summary>
internal static class ServerCommand
{
    public static Command Create()
    {
        var data = CommandRun.DataOption();
        var port = new Option<int?>("--port") { Description = "Where to listen on this machine. By default 8080, or the next free port." };
        port.Require(0, ushort.MaxValue, "--port is 0 to 65535; 0 is any that is free.");
        var publicUrl = new Option<string?>("--public-url") { Description = "Where a proxy offers this server to browsers, such as https://hub.example.org/torc/." };
        var command = new Command("server", "Runs the server in this terminal, until Ctrl-C.") { data, port, publicUrl };
        command.SetTorcAction((parsed, _) =>
        {
            string[] arguments =
            [
                .. parsed.GetValue(port) is { } asked ? ["--port", $"{asked}"] : Array.Empty<string>(),
                .. parsed.GetValue(publicUrl) is { } url ? ["--public-url", url] : Array.Empty<string>(),
            ];
            var commandLine = new LocalServer(CommandRun.Data(parsed.GetValue(data))).CommandLine(arguments);

            // The server takes this process's place, so that signals and the exit code are its own.
            return Task.FromException<ExitCode>(ReplacedProcess.Run(commandLine));
        });
        return command;
    }
}
