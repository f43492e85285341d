using System.CommandLine;
using Torc.Agent.Client;

namespace Torc.Agent.Commands;

/// <summary><c>torc watch</c>: follows a workflow to its end.</summary>
internal static class WatchCommand
{
    public static Command Create()
    {
        var id = WorkflowArgument.One();
        var json = CommandRun.JsonLinesOption();
        var data = CommandRun.DataOption();
        var command = new Command("watch", "Shows a workflow until it ends: on a terminal in place, elsewhere a line for each change of a job. Ctrl-C leaves; the workflow goes on.") { id, json, data };
        command.SetTorcAction(async (parsed, cancel) =>
        {
            var folder = CommandRun.Data(parsed.GetValue(data));
            using var client = await new LocalServer(folder).RequireAsync(cancel);
            var workflow = await client.WorkflowAsync(await WorkflowArgument.FindAsync(client, parsed.GetRequiredValue(id), cancel), cancel);
            var progress = Progress.Create($"{new Uri(client.Url, $"workflows/{workflow.Id}")}", parsed.GetValue(json), Color.IsOn(parsed));
            var ended = await new Following(folder).UntilEndAsync(workflow.Id, progress, cancel);
            return Ending.Of(ended, progress.Jobs);
        });
        return command;
    }
}
