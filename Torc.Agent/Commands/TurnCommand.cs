using System.CommandLine;
using Torc.Agent.Client;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;

namespace Torc.Agent.Commands;

/// <summary><c>torc turn-off</c> and <c>torc turn-on</c>: which jobs runs leave out.</summary>
internal static class TurnCommand
{
    public static Command Create(bool on)
    {
        string way = on ? "on" : "off";
        var id = WorkflowArgument.One();
        var jobs = new Option<string[]>("--job") { Description = $"A job to turn {way}, by name; may be given several times.", HelpName = "NAME" };
        var select = SelectOption.Create($"Jobs to turn {way}.");
        var json = CommandRun.JsonOption();
        var data = CommandRun.DataOption();
        var command = new Command($"turn-{way}", on ? "Turns jobs on again, so that the next run may start them." : "Turns jobs off: no run starts them, and what waits for them goes on without them.")
        {
            id, jobs, select, json, data,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(jobs) is not { Length: > 0 } && result.GetValue(select) is not { Length: > 0 })
            {
                result.AddError($"Say which jobs to turn {way}, by --job or --select.");
            }
        });
        command.SetTorcAction(async (parsed, cancel) =>
        {
            using var client = await new LocalServer(CommandRun.Data(parsed.GetValue(data))).RequireAsync(cancel);
            var workflow = await WorkflowArgument.FindAsync(client, parsed.GetRequiredValue(id), cancel);
            var turned = await client.TurnAsync(workflow, on, parsed.GetValue(jobs) ?? [], SelectOption.Read(parsed.GetValue(select)), cancel);
            if (parsed.GetValue(json))
            {
                CommandRun.WriteJson(turned, TorcJson.Default.WorkflowView);
            }
            else
            {
                int off = turned.Counts.GetValueOrDefault(JobStatus.Disabled);
                Console.WriteLine(off switch
                {
                    0 => $"No job of {turned.Name} is off.",
                    1 => $"1 job of {turned.Name} is off.",
                    _ => $"{off} jobs of {turned.Name} are off.",
                });
            }

            return ExitCode.Ok;
        });
        return command;
    }
}
