using System.CommandLine;
using System.Text;
using System.Text.Json;
using Torc.Agent.Client;
using Torc.Shared.Contracts;

namespace Torc.Agent.Commands;

/// <summary><c>torc import</c>: a draft made of what <c>torc export</c> wrote.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var path = new Argument<string>("FILE") { Description = "What torc export wrote; - reads standard input." };
        var quiet = CommandRun.QuietOption();
        var json = CommandRun.JsonOption();
        var data = CommandRun.DataOption();
        var command = new Command(
            "import", "Makes a draft of an exported workflow, in the current folder: its spec, and the user data that people stored. What its jobs did stays in the file.") { path, quiet, json, data };
        command.SetTorcAction(async (parsed, cancel) =>
        {
            var export = await ReadAsync(parsed.GetRequiredValue(path), cancel);
            var spec = new LocalSpec(export.Spec.FileName, Environment.CurrentDirectory, Encoding.UTF8.GetBytes(export.Spec.Text));
            using var client = await new LocalServer(CommandRun.Data(parsed.GetValue(data))).RequireAsync(cancel);
            var created = await Submission.SendAsync(client, spec, start: false, cancel);

            // The spec has its own values; what jobs stored they will store again.
            foreach (var stored in export.UserData.Where(one => one is { IsStored: true, StoredAt: not null, Job: null }))
            {
                await client.StoreUserDataAsync(created.Id, stored.Name, stored.Value ?? Null, cancel);
            }

            Submission.Say(client, created, parsed.GetValue(quiet), parsed.GetValue(json), $"It is a draft. To start it: torc run {created.Id}");
            return ExitCode.Ok;
        });
        return command;
    }

    private static JsonElement Null { get; } = JsonDocument.Parse("null").RootElement;

    private static async Task<WorkflowExport> ReadAsync(string path, CancellationToken cancel)
    {
        try
        {
            await using var file = path == "-" ? Console.OpenStandardInput() : File.OpenRead(path);
            var export = await JsonSerializer.DeserializeAsync(file, TorcJson.Default.WorkflowExport, cancel);
            return export switch
            {
                { TorcExport: > WorkflowExport.Form } => throw new CommandException(ExitCode.Invalid, $"{Shown.Words(path)} was written by a newer Torc. Import it with that, or export it anew."),
                { TorcExport: > 0, Spec.Text: not null, Spec.FileName: not null, UserData: not null } => export,
                _ => throw NoExport(path),
            };
        }
        catch (JsonException)
        {
            throw NoExport(path);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CommandException(ExitCode.NotFound, $"There is no file {Shown.Words(path)}.");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCode.Internal, $"{Shown.Words(path)} cannot be read: {Shown.Words(unreadable.Message)}");
        }
    }

    private static CommandException NoExport(string path) =>
        new(ExitCode.Invalid, $"{Shown.Words(path)} is not what torc export writes. For a spec there is: torc create {Shown.Words(path)}");
}
