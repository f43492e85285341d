using System.CommandLine;
using System.Globalization;
using Torc.Agent.Client;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Workflows;

namespace Torc.Agent.Commands;

/// <summary><c>torc show</c>: a workflow and its jobs.</summary>
internal static class ShowCommand
{
    public static Command Create()
    {
        var ids = WorkflowArgument.Several(ArgumentArity.OneOrMore);
        var select = SelectOption.Create("Only these jobs.");
        var json = CommandRun.JsonOption();
        var data = CommandRun.DataOption();
        var command = new Command("show", "Shows workflows: where each stands, and its jobs. With --columns, --no-header or --tsv only the table.") { ids, select, json, data };
        var table = TableOptions.AddTo(command);
        command.SetTorcAction(async (parsed, cancel) =>
        {
            using var client = await new LocalServer(CommandRun.Data(parsed.GetValue(data))).RequireAsync(cancel);
            string[] named = parsed.GetRequiredValue(ids);
            var found = new List<WorkflowUpdate>();
            foreach (var workflow in await WorkflowArgument.FindAllAsync(client, named, cancel))
            {
                found.Add(new WorkflowUpdate(workflow, await client.JobsAsync(workflow.Id, SelectOption.Read(parsed.GetValue(select)), cancel)));
            }

            if (parsed.GetValue(json))
            {
                Write(found, WorkflowArgument.MayBeSeveral(named));
                return ExitCode.Ok;
            }

            bool isOnlyTable = table.AreGiven(parsed);
            foreach (var one in found)
            {
                if (!isOnlyTable)
                {
                    Console.WriteLine($"{(one == found[0] ? "" : "\n")}{Head(one.Workflow, new Uri(client.Url, $"workflows/{one.Workflow.Id}"))}\n");
                }

                string[] first = isOnlyTable && found.Count > 1 ? ["ID"] : [];
                var rows = one.Jobs.Select(job => (string[])[.. first.Select(_ => one.Workflow.Id.ToString()), .. Row(job)]);
                table.Write(parsed, [[.. first, "JOB", "STATUS", "ATTEMPT", "NODE", "TIME", "PEAK MEMORY", "REASON"], .. rows]);
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static void Write(List<WorkflowUpdate> found, bool asList)
    {
        if (asList)
        {
            CommandRun.WriteJson(found, TorcJson.Default.IReadOnlyListWorkflowUpdate);
        }
        else
        {
            CommandRun.WriteJson(found[0], TorcJson.Default.WorkflowUpdate);
        }
    }

    private static string Head(WorkflowView workflow, Uri address)
    {
        var lines = new List<string>
        {
            string.Create(CultureInfo.InvariantCulture, $"{workflow.Name}, number {workflow.Id}: {WorkflowStatusWords.Of(workflow.Status)}"),
        };
        if (workflow.Description is { } description)
        {
            lines.Add(Shown.Words(description));
        }

        lines.Add($"jobs       {Progress.Counts(workflow)}");
        lines.Add(workflow.StartedAt is { } started
            ? $"run        {workflow.Run}, started {Instants.Text(started)}, {(workflow.EndedAt is null ? "for" : "took")} {Instants.Took(started, workflow.EndedAt)}"
            : $"run        none yet; to start it: torc run {workflow.Id}");
        lines.Add($"spec       version {workflow.SpecVersion}");
        lines.Add($"folder     {workflow.WorkingDirectory}");
        lines.Add($"page       {address}");
        return string.Join('\n', lines);
    }

    private static string[] Row(JobView job) =>
    [
        job.Name,
        job.StatusWord(),
        job.Attempt == 0 ? "" : job.Attempt.ToString(CultureInfo.InvariantCulture),
        job.Node ?? "",
        job.Status is JobStatus.Ready or JobStatus.Blocked ? "" : Instants.Took(job.StartedAt, job.EndedAt),
        $"{job.PeakMemory}",
        job.Reason ?? "",
    ];
}
