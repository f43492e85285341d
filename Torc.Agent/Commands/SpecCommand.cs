using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Torc.Agent.Client;
using Torc.Shared.Contracts;

namespace Torc.Agent.Commands;

/// <summary><c>torc spec set</c>: gives a workflow another spec.</summary>
internal static class SpecCommand
{
    public static Command Create() => new("spec", "Changes what a workflow is made of.") { Set() };

    private static Command Set()
    {
        var id = WorkflowReference.Argument();
        var file = LocalSpec.FileArgument("The new spec; - reads standard input.");
        var dryRun = new Option<bool>("--dry-run") { Description = "Only says what it would change." };
        var rename = new Option<string[]>("--rename") { Description = "A job that is the same under another name; may be given several times.", HelpName = "OLD:NEW" };
        var json = new Option<bool>("--json") { Description = "Prints one JSON document." };
        var data = CommandRun.DataOption();
        var command = new Command("set", "Gives a workflow another spec, as a new version. Jobs are matched by name and keep what they did; `torc rerun --changed` then runs what is affected.")
        {
            id, file, dryRun, rename, json, data,
        };
        command.SetTorcAction(async (parsed, cancel) =>
        {
            var spec = await LocalSpec.ReadAsync(parsed.GetRequiredValue(file), cancel);
            using var client = await new LocalServer(CommandRun.Data(parsed.GetValue(data))).RequireAsync(cancel);
            var workflow = await WorkflowReference.FindAsync(client, parsed.GetRequiredValue(id), cancel);
            try
            {
                var change = await client.ChangeSpecAsync(workflow, spec.Bytes, spec.FileName, parsed.GetValue(dryRun), parsed.GetValue(rename) ?? [], cancel);
                Console.Write(parsed.GetValue(json) ? JsonSerializer.Serialize(change, TorcJson.Default.SpecChangeView) + "\n" : Describe(change));
                return ExitCode.Ok;
            }
            catch (SpecRefusedException refused)
            {
                await Console.Error.WriteLineAsync(spec.Render(refused.Problems));
                throw;
            }
        });
        return command;
    }

    private static string Describe(SpecChangeView change)
    {
        var lines = new List<string>
        {
            string.Create(CultureInfo.InvariantCulture, $"version {change.Version}{(change.IsApplied ? "" : " (not stored)")}"),
        };
        lines.AddRange(change.Added.Select(name => $"+ {name}"));
        lines.AddRange(change.Removed.Select(name => $"- {name}"));
        lines.AddRange(change.Changed.Select(job => $"~ {job.Name}: {string.Join(", ", job.What)}"));
        lines.AddRange(change.Renames.Select(job => $"? {job.New} does what {job.Old} did; if it is the same job, add --rename {job.Old}:{job.New}"));
        if (lines.Count == 1)
        {
            lines.Add("no job is changed by it");
        }

        if (change is { IsRunning: true, IsApplied: false })
        {
            lines.Add("the workflow runs: its spec can be changed when it has ended");
        }

        return string.Join('\n', lines) + "\n";
    }
}
