using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Torc.Agent.Client;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;

namespace Torc.Agent.Commands;

/// <summary><c>torc runs</c>: the passes over a workflow, and what two of them made of its jobs.</summary>
internal static class RunsCommand
{
    public static Command Create()
    {
        var id = WorkflowArgument.One();
        var compare = new Option<int[]>("--compare") { Description = "Two runs: shows for each job what became of it in both.", HelpName = "RUN RUN", Arity = new ArgumentArity(2, 2), AllowMultipleArgumentsPerToken = true };
        var json = CommandRun.JsonOption();
        var data = CommandRun.DataOption();
        var command = new Command("runs", "Lists the runs of a workflow, the newest first; or compares two of them.") { id, compare, json, data };
        var table = TableOptions.AddTo(command);
        command.SetTorcAction(async (parsed, cancel) =>
        {
            using var client = await new LocalServer(CommandRun.Data(parsed.GetValue(data))).RequireAsync(cancel);
            var workflow = await WorkflowArgument.FindAsync(client, parsed.GetRequiredValue(id), cancel);
            bool asJson = parsed.GetValue(json);
            if (parsed.GetValue(compare) is [var before, var after])
            {
                var jobs = await client.CompareAsync(workflow, before, after, cancel);
                if (asJson)
                {
                    CommandRun.WriteJson(jobs, TorcJson.Default.IReadOnlyListJobComparison);
                }
                else
                {
                    table.Write(parsed, [Headings(before, after), .. jobs.Select(Row)]);
                }

                return ExitCode.Ok;
            }

            var runs = await client.RunsAsync(workflow, cancel);
            if (asJson)
            {
                CommandRun.WriteJson(runs, TorcJson.Default.IReadOnlyListRunView);
            }
            else
            {
                table.Write(parsed, [["RUN", "STATUS", "WHAT", "JOBS", "SPEC", "STARTED", "TOOK", "BY"], .. runs.Select(Row)]);
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static string[] Row(RunView run) =>
    [
        run.Number.ToString(CultureInfo.InvariantCulture),
        run.Status.ToString().ToLowerInvariant(),
        run.Scope is { } scope ? JsonNamingPolicy.KebabCaseLower.ConvertName(scope.ToString()) : "first",
        run.Jobs.ToString(CultureInfo.InvariantCulture),
        $"v{run.SpecVersion}",
        Instants.Text(run.StartedAt),
        Duration((run.EndedAt - run.StartedAt)?.TotalSeconds),
        run.StartedBy,
    ];

    private static string[] Headings(int before, int after) =>
        ["JOB", $"RUN {before}", "TOOK", "PEAK MEMORY", $"RUN {after}", "TOOK", "PEAK MEMORY"];

    private static string[] Row(JobComparison job) =>
        [job.Name, .. Cells(job.Before), .. job.After is { } after && after.Attempt == job.Before?.Attempt ? ["kept", "", ""] : Cells(job.After)];

    private static string[] Cells(JobRunResult? result) => result is null
        ? ["-", "", ""]
        : [Words(result.Outcome), Duration(result.DurationS), result.PeakMemory?.ToString() ?? "-"];

    private static string Words(Outcome? outcome) => outcome switch
    {
        null => "open",
        { Succeeded: true } => "done",
        { Kind: OutcomeKind.Exit } => string.Create(CultureInfo.InvariantCulture, $"exit {outcome.ExitCode}"),
        _ => JsonNamingPolicy.SnakeCaseLower.ConvertName(outcome.Kind.ToString()).Replace('_', ' '),
    };

    private static string Duration(double? seconds) => seconds is { } known ? Instants.Print(TimeSpan.FromSeconds(known)) : "-";
}
