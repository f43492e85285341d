using System.CommandLine;
using Torc.Agent.Client;
using Torc.Shared.Contracts;

namespace Torc.Agent.Commands;

/// <summary><c>torc login</c>: lets a browser in that runs as somebody else.</summary>
internal static class LoginCommand
{
    public static Command Create()
    {
        var json = CommandRun.JsonOption();
        var data = CommandRun.DataOption();
        var command = new Command("login", "Prints a link that lets one browser in, once, within ten minutes. Your own browser on this machine needs none.") { json, data };
        command.SetTorcAction(async (parsed, cancel) =>
        {
            using var client = await new LocalServer(CommandRun.Data(parsed.GetValue(data))).RequireAsync(cancel);
            var link = await client.CreateLoginLinkAsync(cancel);
            if (parsed.GetValue(json))
            {
                CommandRun.WriteJson(link, TorcJson.Default.LoginLink);
            }
            else
            {
                Console.WriteLine(link.Url);
            }

            return ExitCode.Ok;
        });
        return command;
    }
}
