using System.CommandLine;
using Torc.Agent.Client;

namespace Torc.Agent.Commands;

/// <summary><c>torc export</c>: a workflow as one JSON document.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var id = WorkflowArgument.One();
        var output = ConvertCommand.OutputOption();
        var data = CommandRun.DataOption();
        var command = new Command("export", "Writes a workflow as one JSON document: spec, runs, jobs with all attempts, user data and events; no logs.") { id, output, data };
        command.SetTorcAction(async (parsed, cancel) =>
        {
            using var client = await new LocalServer(CommandRun.Data(parsed.GetValue(data))).RequireAsync(cancel);
            var answer = await client.ExportAsync(await WorkflowArgument.FindAsync(client, parsed.GetRequiredValue(id), cancel), cancel);
            if (parsed.GetValue(output) is { } file and not "-")
            {
                return await Download.SaveAsync(answer, file, "the workflow", cancel);
            }

            using var whole = answer;
            await using var standard = Console.OpenStandardOutput();
            await answer.Content.CopyToAsync(standard, cancel);
            return ExitCode.Ok;
        });
        return command;
    }
}
