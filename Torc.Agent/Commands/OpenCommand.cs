using System.CommandLine;
using Torc.Agent.Client;
using Torc.Shared.Contracts;

namespace Torc.Agent.Commands;

/// <summary><c>torc open</c>: the page of a workflow or a job.</summary>
internal static class OpenCommand
{
    public static Command Create()
    {
        var id = WorkflowArgument.One();
        var job = new Argument<string?>(JobReference.Name) { Description = "The job, by name.", Arity = ArgumentArity.ZeroOrOne };
        var noOpen = new Option<bool>("--no-open") { Description = "Opens no browser." };
        var json = CommandRun.JsonOption();
        var data = CommandRun.DataOption();
        var command = new Command("open", "Prints the address of a workflow's or a job's page, and opens it in a browser if this machine has a display.") { id, job, noOpen, json, data };
        command.SetTorcAction(async (parsed, cancel) =>
        {
            using var client = await new LocalServer(CommandRun.Data(parsed.GetValue(data))).RequireAsync(cancel);
            var workflow = await client.WorkflowAsync(await WorkflowArgument.FindAsync(client, parsed.GetRequiredValue(id), cancel), cancel);
            string? name = parsed.GetValue(job) is { } given ? (await JobReference.FindAsync(client, workflow.Id, given, cancel)).Name : null;
            var address = new Uri(client.Url, $"workflows/{workflow.Id}{(name is null ? "" : $"?job={Uri.EscapeDataString(name)}")}");
            if (parsed.GetValue(json))
            {
                CommandRun.WriteJson(new AddressView(address), TorcJson.Default.AddressView);
            }
            else
            {
                Console.WriteLine(address.AbsoluteUri);
            }

            if (!parsed.GetValue(noOpen))
            {
                Browser.Open(address.AbsoluteUri);
            }

            return ExitCode.Ok;
        });
        return command;
    }
}
