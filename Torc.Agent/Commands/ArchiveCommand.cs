using System.CommandLine;
using Torc.Agent.Client;
using Torc.Shared.Contracts;

namespace Torc.Agent.Commands;

/// <summary><c>torc archive</c> and <c>torc unarchive</c>: workflows that are put away, and brought back.</summary>
internal static class ArchiveCommand
{
    public static Command Create(bool archived)
    {
        var ids = WorkflowArgument.Several(ArgumentArity.OneOrMore);
        var json = CommandRun.JsonOption();
        var data = CommandRun.DataOption();
        var command = new Command(
            archived ? "archive" : "unarchive",
            archived ? "Puts workflows away: they are not listed with the others, and no run of them starts." : "Brings workflows back that were archived.") { ids, json, data };
        command.SetTorcAction(async (parsed, cancel) =>
        {
            using var client = await new LocalServer(CommandRun.Data(parsed.GetValue(data))).RequireAsync(cancel);
            string[] typed = parsed.GetRequiredValue(ids);
            var changed = new List<WorkflowView>();
            foreach (var workflow in await WorkflowArgument.FindAllAsync(client, typed, cancel))
            {
                changed.Add(await client.ArchiveAsync(workflow.Id, archived, cancel));
            }

            if (parsed.GetValue(json))
            {
                WorkflowArgument.WriteJson(changed, typed);
            }
            else
            {
                changed.ForEach(workflow => Console.WriteLine(archived
                    ? $"{workflow.Name} is archived. It comes back with: torc unarchive {workflow.Id}"
                    : $"{workflow.Name} is listed again."));
            }

            return ExitCode.Ok;
        });
        return command;
    }
}
