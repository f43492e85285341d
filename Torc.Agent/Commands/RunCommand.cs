using System.CommandLine;
using Torc.Agent.Client;
using Torc.Shared.Contracts;
using Torc.Shared.Specs;

namespace Torc.Agent.Commands;

/// <summary><c>torc run</c>: starts a workflow, from a spec or one that is a draft. Unlike <c>torc up</c> it starts no server.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var what = new Argument<string>("SPEC|ID") { Description = "A spec (- reads standard input), or a draft: its number, its name, or last. What can be either is a spec if there is such a file; a number is a workflow." };
        var wait = new Option<bool>("--wait") { Description = "Ends with the workflow, and says by the exit code how it ended." };
        var quiet = CommandRun.QuietOption();
        var json = CommandRun.JsonOption();
        var data = CommandRun.DataOption();
        var command = new Command("run", "Creates a workflow and starts it, or starts a draft. The server must run already; `torc up` starts one.") { what, wait, quiet, json, data };
        command.SetTorcAction(async (parsed, cancel) =>
        {
            var folder = CommandRun.Data(parsed.GetValue(data));
            string named = parsed.GetRequiredValue(what);
            var started = IsSpec(named) ? await CreateAsync(folder, named, cancel) : await StartAsync(folder, named, cancel);
            using var client = await new LocalServer(folder).RequireAsync(cancel);
            Submission.Say(client, started, parsed.GetValue(quiet), parsed.GetValue(json), $"It has started. To follow it: torc watch {started.Id}");
            return parsed.GetValue(wait) ? await new Waiter(folder).UntilEndAsync(started, cancel) : ExitCode.Ok;
        });
        return command;
    }

    private static bool IsSpec(string named) => named == "-" || named.Contains('/', StringComparison.Ordinal) || WorkflowReference.Parse(named) switch
    {
        [WorkflowReference.Number or WorkflowReference.Newest] => false,
        _ => File.Exists(named) || SpecReader.NotationOf(named) is not null,
    };

    private static async Task<WorkflowView> CreateAsync(DataFolder folder, string path, CancellationToken cancel)
    {
        var spec = await LocalSpec.ReadAsync(path, cancel);
        using var client = await new LocalServer(folder).RequireAsync(cancel);
        return await Submission.SendAsync(client, spec, start: true, cancel);
    }

    private static async Task<WorkflowView> StartAsync(DataFolder folder, string named, CancellationToken cancel)
    {
        using var client = await new LocalServer(folder).RequireAsync(cancel);
        var id = await WorkflowArgument.FindAsync(client, named, cancel);
        try
        {
            return await client.StartAsync(id, cancel);
        }
        catch (CommandException refused) when (refused.ExitCode == ExitCode.Conflict)
        {
            throw new CommandException(ExitCode.Conflict, $"{refused.Message} To run again what must run again: torc rerun {id}");
        }
    }
}
