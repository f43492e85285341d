using System.CommandLine;
using Torc.Agent.Client;

namespace Torc.Agent.Commands;

/// <summary><c>torc create</c>: a workflow that is not started.</summary>
internal static class CreateCommand
{
    public static Command Create()
    {
        var spec = new Argument<string>("SPEC") { Description = "The spec; - reads standard input." };
        var quiet = CommandRun.QuietOption();
        var json = CommandRun.JsonOption();
        var data = CommandRun.DataOption();
        var command = new Command("create", "Creates a workflow and does not start it.") { spec, quiet, json, data };
        command.SetTorcAction(async (parsed, cancel) =>
        {
            var local = await LocalSpec.ReadAsync(parsed.GetRequiredValue(spec), cancel);
            using var client = await new LocalServer(CommandRun.Data(parsed.GetValue(data))).RequireAsync(cancel);
            var created = await Submission.SendAsync(client, local, start: false, cancel);
            Submission.Say(client, created, parsed.GetValue(quiet), parsed.GetValue(json), $"It is a draft. To start it: torc run {created.Id}");
            return ExitCode.Ok;
        });
        return command;
    }
}
