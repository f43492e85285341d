using System.CommandLine;
using Torc.Agent.Client;
using Torc.Shared.Specs.Notations;

namespace Torc.Agent.Commands;

/// <summary><c>torc spec get</c>: the spec that a workflow was made from.</summary>
internal static class SpecGetCommand
{
    public static Command Create()
    {
        var id = WorkflowArgument.One();
        var version = VersionOption();
        var to = ConvertCommand.ToOption();
        to.Required = false;
        to.Description = "The notation: json or yaml. By default the text as it was given, with its comments.";
        var output = ConvertCommand.OutputOption();
        var data = CommandRun.DataOption();
        var command = new Command("get", "Writes the spec that a workflow was made from.") { id, version, to, output, data };
        command.SetTorcAction(async (parsed, cancel) =>
        {
            using var client = await new LocalServer(CommandRun.Data(parsed.GetValue(data))).RequireAsync(cancel);
            var workflow = await WorkflowArgument.FindAsync(client, parsed.GetRequiredValue(id), cancel);
            string? notation = parsed.GetResult(to) is null ? null : parsed.GetValue(to) == SpecNotation.Yaml ? "yaml" : "json";
            var (text, _, _) = await client.SpecAsync(workflow, notation, parsed.GetValue(version), cancel);
            await ConvertCommand.WriteAsync(text, parsed.GetValue(output), cancel);
            return ExitCode.Ok;
        });
        return command;
    }

    private static Option<int?> VersionOption()
    {
        var version = new Option<int?>("--version") { Description = "An older version, from 1. By default the newest.", HelpName = "N" };
        version.Require(1, int.MaxValue, "--version is at least 1.");
        return version;
    }
}
