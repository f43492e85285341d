using System.CommandLine;
using Torc.Agent.Client;
using Torc.Shared.Contracts;

namespace Torc.Agent.Commands;

/// <summary><c>torc delete</c>: forgets workflows for good.</summary>
internal static class DeleteCommand
{
    public static Command Create()
    {
        var ids = WorkflowArgument.Several(ArgumentArity.OneOrMore);
        var yes = Confirmation.Option();
        var json = CommandRun.JsonOption();
        var data = CommandRun.DataOption();
        var command = new Command("delete", "Forgets workflows for good: their jobs, runs, events, values and logs. Files that the jobs wrote stay.") { ids, yes, json, data };
        command.SetTorcAction(async (parsed, cancel) =>
        {
            using var client = await new LocalServer(CommandRun.Data(parsed.GetValue(data))).RequireAsync(cancel);
            string[] typed = parsed.GetRequiredValue(ids);
            var workflows = await WorkflowArgument.FindAllAsync(client, typed, cancel);
            Confirmation.Require(parsed.GetValue(yes), Question(workflows));
            var deleted = new List<WorkflowView>();
            foreach (var workflow in workflows)
            {
                deleted.Add(await client.DeleteAsync(workflow.Id, cancel));
            }

            if (parsed.GetValue(json))
            {
                WorkflowArgument.WriteJson(deleted, typed);
            }
            else
            {
                deleted.ForEach(workflow => Console.WriteLine($"{workflow.Name} is deleted. What its jobs wrote is where they wrote it."));
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static string Question(IReadOnlyList<WorkflowView> workflows)
    {
        string which = string.Join(", ", workflows.Select(workflow => $"{Shown.Words(workflow.Name)} ({workflow.Id})"));
        int jobs = workflows.Sum(workflow => workflow.Counts.Values.Sum());
        int runs = workflows.Sum(workflow => workflow.Run);
        return $"Delete {which} for good, with {Count(jobs, "job")} and {Count(runs, "run")}, their events, values and logs? Files that the jobs wrote stay.";
    }

    private static string Count(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";
}
