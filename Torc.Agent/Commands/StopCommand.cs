using System.CommandLine;
using Torc.Agent.Client;
using Torc.Shared.Jobs;

namespace Torc.Agent.Commands;

/// <summary><c>torc stop</c>: ends what runs of a workflow, and cancels what waits.</summary>
internal static class StopCommand
{
    public static Command Create()
    {
        var id = new Argument<long>("ID") { Description = "The workflow's number." };
        var jobs = new Option<string[]>("--job") { Description = "A job to end, by name; may be given several times. By default all end.", HelpName = "NAME" };
        var yes = Confirmation.Option();
        var data = CommandRun.DataOption();
        var command = new Command("stop", "Ends the jobs of a workflow: those that run are killed, those that wait are cancelled.") { id, jobs, yes, data };
        command.SetTorcAction(async (parsed, cancel) =>
        {
            var workflow = new WorkflowId(parsed.GetRequiredValue(id));
            string[] named = parsed.GetValue(jobs) ?? [];
            Confirmation.Require(parsed.GetValue(yes), named.Length == 0 ? $"End all jobs of workflow {workflow}?" : $"End {string.Join(", ", named)} of workflow {workflow}?");
            using var client = await new LocalServer(CommandRun.Data(parsed.GetValue(data))).RequireAsync(cancel);
            var stopped = await client.StopAsync(workflow, named, cancel);
            int running = stopped.Counts.GetValueOrDefault(JobStatus.Pending) + stopped.Counts.GetValueOrDefault(JobStatus.Running);
            Console.WriteLine(running == 0 ? $"{stopped.Name} has no job left that runs." : $"{stopped.Name}: {running} job{(running == 1 ? " is" : "s are")} still on a node, and end there as asked.");
            return ExitCode.Ok;
        });
        return command;
    }
}
