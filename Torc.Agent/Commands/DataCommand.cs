using System.CommandLine;
using Torc.Agent.Client;

namespace Torc.Agent.Commands;

/// <summary><c>torc data</c>: the user data of a workflow, from a job or a terminal.</summary>
internal static class DataCommand
{
    public static Command Create() => new("data", "Stores and reads the user data of a workflow.") { Set(), Get() };

    private static Command Set()
    {
        var name = new Argument<string>("NAME") { Description = "As the spec names it." };
        var value = new Argument<string>("JSON") { Description = "Any JSON value, such as '{\"loss\": 0.2}'." };
        var workflow = JobContext.WorkflowOption();
        var data = CommandRun.DataOption();
        var command = new Command("set", "Stores a JSON value.") { name, value, workflow, data };
        command.SetTorcAction(async (parsed, cancel) =>
        {
            var context = JobContext.Read(parsed.GetValue(workflow));
            var json = JobContext.Json(parsed.GetRequiredValue(value));
            string stored = parsed.GetRequiredValue(name);
            return await context.AskAsync(
                CommandRun.Data(parsed.GetValue(data)),
                async client =>
                {
                    await client.StoreUserDataAsync(context.Workflow, stored, json, cancel);
                    return ExitCode.Ok;
                },
                cancel);
        });
        return command;
    }

    private static Command Get()
    {
        var name = new Argument<string>("NAME") { Description = "As the spec names it." };
        var workflow = JobContext.WorkflowOption();
        var data = CommandRun.DataOption();
        var command = new Command("get", "Prints a JSON value.") { name, workflow, data };
        command.SetTorcAction(async (parsed, cancel) =>
        {
            var context = JobContext.Read(parsed.GetValue(workflow));
            string wanted = parsed.GetRequiredValue(name);
            var all = await context.AskAsync(CommandRun.Data(parsed.GetValue(data)), client => client.UserDataAsync(context.Workflow, cancel), cancel);
            var found = all.FirstOrDefault(entry => entry.Name == wanted)
                ?? throw new CommandException(ExitCode.NotFound, $"Workflow {context.Workflow} has no user data \"{wanted}\".");
            Console.WriteLine(found is { Data: { } stored } ? stored : throw new CommandException(ExitCode.NotFound, $"Nothing is stored as \"{wanted}\" yet."));
            return ExitCode.Ok;
        });
        return command;
    }
}
