using System.CommandLine;
using Torc.Agent.Client;
using Torc.Shared.Contracts;

namespace Torc.Agent.Commands;

/// <summary><c>torc spec set</c>: gives a workflow another spec.</summary>
internal static class SpecSetCommand
{
    public static Command Create()
    {
        var id = WorkflowArgument.One();
        var file = LocalSpec.FileArgument("The new spec; - reads standard input.");
        var dryRun = new Option<bool>("--dry-run") { Description = "Only says what it would change." };
        var rename = RenameOption();
        var json = CommandRun.JsonOption();
        var data = CommandRun.DataOption();
        var command = new Command("set", "Gives a workflow another spec, as a new version. Jobs are matched by name and keep what they did; `torc rerun --changed` then runs what is affected.")
        {
            id, file, dryRun, rename, json, data,
        };
        command.SetTorcAction(async (parsed, cancel) =>
        {
            var spec = await LocalSpec.ReadAsync(parsed.GetRequiredValue(file), cancel);
            using var client = await new LocalServer(CommandRun.Data(parsed.GetValue(data))).RequireAsync(cancel);
            var workflow = await WorkflowArgument.FindAsync(client, parsed.GetRequiredValue(id), cancel);
            try
            {
                var change = await client.ChangeSpecAsync(workflow, spec.Bytes, spec.FileName, parsed.GetValue(dryRun), parsed.GetValue(rename) ?? [], expected: null, cancel);
                Write(change, parsed.GetValue(json));
                return ExitCode.Ok;
            }
            catch (SpecRefusedException refused)
            {
                throw new SpecRefusedException(refused.Problems, spec.Render(refused.Problems));
            }
        });
        return command;
    }

    public static Option<string[]> RenameOption() =>
        new("--rename") { Description = "A job that is the same under another name; may be given several times.", HelpName = "OLD:NEW" };

    public static void Write(SpecChangeView change, bool asJson)
    {
        if (asJson)
        {
            CommandRun.WriteJson(change, TorcJson.Default.SpecChangeView);
        }
        else
        {
            Console.Write(SpecChangeText.Of(change));
        }
    }
}
