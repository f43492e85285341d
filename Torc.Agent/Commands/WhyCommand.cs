using System.CommandLine;
using System.Text.Json;
using Torc.Agent.Client;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;

namespace Torc.Agent.Commands;

/// <summary><c>torc why</c>: says why a job is not running, or what became of it.</summary>
internal static class WhyCommand
{
    public static Command Create()
    {
        var id = WorkflowArgument.One();
        var name = JobReference.Argument();
        var json = CommandRun.JsonOption();
        var data = CommandRun.DataOption();
        var command = new Command("why", "Says why a job is not running, or what became of it.") { id, name, json, data };
        command.SetTorcAction(async (parsed, cancel) =>
        {
            using var client = await new LocalServer(CommandRun.Data(parsed.GetValue(data))).RequireAsync(cancel);
            var workflow = await WorkflowArgument.FindAsync(client, parsed.GetRequiredValue(id), cancel);
            var found = await JobReference.FindAsync(client, workflow, parsed.GetRequiredValue(name), cancel);
            var details = await client.JobAsync(found.Id, cancel);
            Console.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(details, TorcJson.Default.JobDetails) : Shown.Words($"{details.Job.Name} {Words(details.Job)}. {Reason(details.Job)}".TrimEnd()));
            return ExitCode.Ok;
        });
        return command;
    }

    private static string Words(JobView job) =>
        $"{(job.UnknownSince is null ? "is" : "was last seen")} {JsonNamingPolicy.SnakeCaseLower.ConvertName(job.Status.ToString()).Replace('_', ' ')}";

    private static string? Reason(JobView job) => job.Reason ?? (job.Status == JobStatus.Running ? $"It runs on {job.Node}." : null);
}
