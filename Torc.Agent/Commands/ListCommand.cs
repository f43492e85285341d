using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.IO.Enumeration;
using Torc.Agent.Client;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Workflows;

namespace Torc.Agent.Commands;

/// <summary><c>torc ls</c>: the workflows.</summary>
internal static class ListCommand
{
    public static Command Create()
    {
        var ids = WorkflowArgument.Several(ArgumentArity.ZeroOrMore);
        var status = new Option<WorkflowStatus[]>("--status")
        {
            Description = "Only those with this status: draft, running, done or failed; may be given several times.",
            HelpName = "STATUS",
            CustomParser = ReadStatuses,
            CompletionSources = { "draft", "running", "done", "failed" },
        };
        var name = new Option<string?>("--name") { Description = "Only those whose name is like this, such as train*.", HelpName = "PATTERN" };
        var search = new Option<string?>("--search") { Description = "Only those with this in their name, in small or capital letters, or with this number.", HelpName = "TEXT" };
        var project = new Option<string?>("--project") { Description = "Only those of this project.", HelpName = "NAME" };
        var user = new Option<string?>("--user") { Description = "Only those of this user.", HelpName = "NAME" };
        var archived = new Option<bool>("--archived") { Description = "Those that were archived, instead of the others." };
        var quiet = CommandRun.QuietOption();
        var json = CommandRun.JsonOption();
        var data = CommandRun.DataOption();
        var command = new Command("ls", "Lists the workflows, the newest first.") { ids, search, status, name, project, user, archived, quiet, json, data };
        var table = TableOptions.AddTo(command);
        command.SetTorcAction(async (parsed, cancel) =>
        {
            using var client = await new LocalServer(CommandRun.Data(parsed.GetValue(data))).RequireAsync(cancel);
            string[] named = parsed.GetValue(ids) ?? [];
            var statuses = parsed.GetValue(status) ?? [];
            string? pattern = parsed.GetValue(name);
            // The server knows which of all are meant; those that were named are here already.
            var matching = await client.WorkflowsAsync(parsed.GetValue(search), statuses, parsed.GetValue(project), parsed.GetValue(user), parsed.GetValue(archived), cancel);
            var among = named.Length == 0 ? null : (await WorkflowArgument.FindAllAsync(client, named, cancel)).Select(workflow => workflow.Id).ToList();
            var workflows = matching
                .Where(workflow => among?.Contains(workflow.Id) != false)
                .OrderBy(workflow => among?.IndexOf(workflow.Id))
                .Where(workflow => pattern is null || FileSystemName.MatchesSimpleExpression(pattern, workflow.Name, ignoreCase: false))
                .ToList();
            if (parsed.GetValue(quiet))
            {
                workflows.ForEach(workflow => Console.WriteLine(workflow.Id));
            }
            else if (parsed.GetValue(json))
            {
                CommandRun.WriteJson(workflows, TorcJson.Default.IReadOnlyListWorkflowView);
            }
            else
            {
                table.Write(parsed, [["ID", "NAME", "STATUS", "RUN", "DONE", "FAILED", "JOBS", "CREATED", "TOOK"], .. workflows.Select(Row)]);
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static WorkflowStatus[]? ReadStatuses(ArgumentResult result)
    {
        var statuses = new List<WorkflowStatus>();
        foreach (var token in result.Tokens)
        {
            if (WorkflowStatusWords.TryParse(token.Value) is { } status)
            {
                statuses.Add(status);
            }
            else
            {
                result.AddError($"--status is draft, running, done or failed, not \"{Shown.Words(token.Value)}\".");
            }
        }

        return [.. statuses];
    }

    private static string[] Row(WorkflowView workflow) =>
    [
        workflow.Id.ToString(),
        workflow.Name,
        WorkflowStatusWords.Of(workflow.Status),
        Text(workflow.Run),
        Text(workflow.Counts.GetValueOrDefault(JobStatus.Completed)),
        Text(workflow.Counts.Where(count => count.Key.EndedBadly()).Sum(count => count.Value)),
        Text(workflow.Counts.Values.Sum()),
        Instants.Text(workflow.CreatedAt),
        Instants.Took(workflow.StartedAt, workflow.EndedAt),
    ];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
