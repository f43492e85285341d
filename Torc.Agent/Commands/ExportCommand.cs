using System.CommandLine;
using Torc.Agent.Client;
using Torc.Shared.Jobs;
using Torc.Shared.Specs.Notations;

namespace Torc.Agent.Commands;

/// <summary><c>torc export</c>: the spec that a workflow was made from.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var id = new Argument<long>("ID") { Description = "The workflow's number." };
        var to = ConvertCommand.ToOption();
        to.Required = false;
        to.Description = "The notation: json or yaml. By default the text as it was given, with its comments.";
        var output = ConvertCommand.OutputOption();
        var data = CommandRun.DataOption();
        var command = new Command("export", "Writes the spec that a workflow was made from.") { id, to, output, data };
        command.SetTorcAction(async (parsed, cancel) =>
        {
            using var client = await new LocalServer(CommandRun.Data(parsed.GetValue(data))).RequireAsync(cancel);
            string? notation = parsed.GetResult(to) is null ? null : parsed.GetValue(to) == SpecNotation.Yaml ? "yaml" : "json";
            string text = await client.SpecAsync(new WorkflowId(parsed.GetRequiredValue(id)), notation, cancel);
            await ConvertCommand.WriteAsync(text, parsed.GetValue(output), cancel);
            return ExitCode.Ok;
        });
        return command;
    }
}
