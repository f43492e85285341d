using System.CommandLine;
using Torc.Agent.Client;
using Torc.Shared.Contracts;

namespace Torc.Agent.Commands;

/// <summary><c>torc event</c>: what jobs and people want to be remembered.</summary>
internal static class EventCommand
{
    public static Command Create() => new("event", "Posts events of a workflow.") { Post() };

    private static Command Post()
    {
        var type = new Argument<string>("TYPE") { Description = "What happened, such as checkpoint." };
        var value = new Option<string?>("--data") { Description = "Any JSON value.", HelpName = "JSON" };
        var workflow = JobContext.WorkflowOption();
        var command = new Command("post", "Posts an event.") { type, value, workflow };
        command.SetTorcAction(async (parsed, cancel) =>
        {
            var context = JobContext.Read(parsed.GetValue(workflow));
            var posted = new NewEvent(
                parsed.GetRequiredValue(type),
                parsed.GetValue(value) is { } json ? JobContext.Json(json) : null,
                context.Job,
                context.Attempt,
                // The same for every try, so that an answer that was lost does not make two events of one.
                Key: Guid.NewGuid().ToString("N"));
            await context.AskAsync(CommandRun.Data(option: null), client => client.PostEventAsync(context.Workflow, posted, cancel), cancel);
            return ExitCode.Ok;
        });
        return command;
    }
}
