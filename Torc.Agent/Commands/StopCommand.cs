using System.CommandLine;
using Torc.Agent.Client;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;

namespace Torc.Agent.Commands;

/// <summary><c>torc stop</c>: ends what runs of workflows, and cancels what waits.</summary>
internal static class StopCommand
{
    public static Command Create()
    {
        var ids = WorkflowArgument.Several(ArgumentArity.OneOrMore);
        var jobs = new Option<string[]>("--job") { Description = "A job to end, by name; may be given several times. By default all end.", HelpName = "NAME" };
        var select = SelectOption.Create("Jobs to end.");
        var yes = Confirmation.Option();
        var json = CommandRun.JsonOption();
        var data = CommandRun.DataOption();
        var command = new Command("stop", "Ends the jobs of workflows: those that run are killed, those that wait are cancelled.") { ids, jobs, select, yes, json, data };
        command.SetTorcAction(async (parsed, cancel) =>
        {
            using var client = await new LocalServer(CommandRun.Data(parsed.GetValue(data))).RequireAsync(cancel);
            string[] typed = parsed.GetRequiredValue(ids);
            var workflows = await WorkflowArgument.FindAllAsync(client, typed, cancel);
            string[] named = parsed.GetValue(jobs) ?? [];
            string? selection = SelectOption.Read(parsed.GetValue(select));
            string which = workflows.Count == 1 ? $"workflow {workflows[0].Id}" : $"workflows {string.Join(", ", workflows.Select(workflow => workflow.Id))}";
            string what = (string[])[.. named, .. selection is null ? Array.Empty<string>() : [$"what is selected by {selection}"]] is { Length: > 0 } some ? string.Join(", ", some) : "all jobs";
            Confirmation.Require(parsed.GetValue(yes), $"End {what} of {which}?");
            var stopped = new List<WorkflowView>();
            foreach (var workflow in workflows)
            {
                stopped.Add(await client.StopAsync(workflow.Id, named, selection, cancel));
            }

            if (parsed.GetValue(json))
            {
                WorkflowArgument.WriteJson(stopped, typed);
            }
            else
            {
                stopped.ForEach(Write);
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static void Write(WorkflowView workflow)
    {
        int running = workflow.Counts.GetValueOrDefault(JobStatus.Pending) + workflow.Counts.GetValueOrDefault(JobStatus.Running);
        Console.WriteLine(running == 0 ? $"{workflow.Name} has no job left that runs." : $"{workflow.Name}: {running} job{(running == 1 ? " is" : "s are")} still on a node, and end there as asked.");
    }
}
