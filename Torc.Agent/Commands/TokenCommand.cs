using System.CommandLine;
using Torc.Agent.Client;
using Torc.Shared.Contracts;

namespace Torc.Agent.Commands;

/// <summary><c>torc token</c>: where the token of programs lies.</summary>
internal static class TokenCommand
{
    public static Command Create()
    {
        var show = new Option<bool>("--show") { Description = "Prints the token itself. Whoever has it can do all that you can." };
        var json = CommandRun.JsonOption();
        var data = CommandRun.DataOption();
        var command = new Command("token", "Prints where the token lies that programs send as `Authorization: Bearer`, or with --show the token itself.") { show, json, data };
        command.SetTorcAction(async (parsed, cancel) =>
        {
            var folder = CommandRun.Data(parsed.GetValue(data));
            string? given = Environment.GetEnvironmentVariable(DataFolder.TokenVariable);
            if (given is null && !File.Exists(folder.Token))
            {
                throw new CommandException(ExitCode.NotFound, $"There is no token yet at {folder.Token}: the server makes it when it starts. To start it: torc up");
            }

            string place = given is null ? folder.Token : $"${DataFolder.TokenVariable}";
            string? token = parsed.GetValue(show) ? given ?? (await File.ReadAllTextAsync(folder.Token, cancel)).Trim() : null;
            if (parsed.GetValue(json))
            {
                CommandRun.WriteJson(new TokenView(place, token), TorcJson.Default.TokenView);
            }
            else
            {
                Console.WriteLine(token ?? place);
            }

            return ExitCode.Ok;
        });
        return command;
    }
}
