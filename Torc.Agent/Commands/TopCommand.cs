using System.CommandLine;
using Spectre.Console;
using Torc.Agent.Client;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;

namespace Torc.Agent.Commands;

/// <summary><c>torc top</c>: what nodes and running jobs use now.</summary>
internal static class TopCommand
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(2);

    public static Command Create()
    {
        var id = new Argument<string?>(WorkflowArgument.Name) { Description = "Only the jobs of this workflow: its number, its name (the newest that has it), or last.", Arity = ArgumentArity.ZeroOrOne };
        var once = new Option<bool>("--once") { Description = "Prints it once, as into a pipe." };
        var json = CommandRun.JsonOption();
        var data = CommandRun.DataOption();
        var command = new Command("top", "Shows what nodes and running jobs use now: on a terminal anew every 2 seconds until Ctrl-C, elsewhere once.") { id, once, json, data };
        var table = TableOptions.AddTo(command);
        command.SetTorcAction(async (parsed, cancel) =>
        {
            using var client = await new LocalServer(CommandRun.Data(parsed.GetValue(data))).RequireAsync(cancel);
            var workflow = parsed.GetValue(id) is { } text ? await WorkflowArgument.FindAsync(client, text, cancel) : (WorkflowId?)null;
            if (parsed.GetValue(json))
            {
                CommandRun.WriteJson(await client.UsageAsync(workflow, cancel), TorcJson.Default.UsageView);
            }
            else if (table.AreGiven(parsed))
            {
                // A program wants one table, and nodes are in that of `torc nodes`.
                table.Write(parsed, [UsageText.JobHeadings, .. UsageText.Jobs(await client.UsageAsync(workflow, cancel), TimeProvider.System.GetUtcNow())]);
            }
            else if (parsed.GetValue(once) || Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Interactive)
            {
                foreach (string line in Lines(await client.UsageAsync(workflow, cancel)))
                {
                    Console.WriteLine(line);
                }
            }
            else
            {
                await FollowAsync(client, workflow, AnsiConsole.Console, cancel);
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static Task FollowAsync(TorcClient client, WorkflowId? workflow, IAnsiConsole console, CancellationToken cancel) => console.Live(new Text("")).StartAsync(async display =>
    {
        while (true)
        {
            var lines = Lines(await client.UsageAsync(workflow, cancel)).Take(Math.Max(1, console.Profile.Height - 1));
            display.UpdateTarget(new Rows(lines.Select(line => new Text(line) { Overflow = Overflow.Ellipsis })));
            await Task.Delay(Tick, cancel);
        }
    });

    private static IEnumerable<string> Lines(UsageView usage) =>
    [
        .. TextTable.Lines([UsageText.NodeHeadings, .. UsageText.Nodes(usage)]),
        "",
        .. usage.Jobs.Count == 0 ? ["No job runs."] : TextTable.Lines([UsageText.JobHeadings, .. UsageText.Jobs(usage, TimeProvider.System.GetUtcNow())]),
    ];
}
