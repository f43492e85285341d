using System.CommandLine;
using System.Diagnostics;
using System.Text;
using Torc.Agent.Client;
using Torc.Shared.Contracts;
using Torc.Shared.Workflows;

namespace Torc.Agent.Commands;

/// <summary><c>torc spec edit</c>: changes a workflow's spec in an editor.</summary>
internal static class SpecEditCommand
{
    public static Command Create()
    {
        var id = WorkflowArgument.One();
        var rename = SpecSetCommand.RenameOption();
        var yes = Confirmation.Option();
        var json = CommandRun.JsonOption();
        var data = CommandRun.DataOption();
        var command = new Command("edit", "Opens the spec of a workflow in $VISUAL or $EDITOR, shows what your changes do, and stores them as a new version when you agree.") { id, rename, yes, json, data };
        command.SetTorcAction(async (parsed, cancel) =>
        {
            using var client = await new LocalServer(CommandRun.Data(parsed.GetValue(data))).RequireAsync(cancel);
            var workflow = await client.WorkflowAsync(await WorkflowArgument.FindAsync(client, parsed.GetRequiredValue(id), cancel), cancel);
            if (workflow.Status == WorkflowStatus.Running)
            {
                throw new CommandException(ExitCode.Conflict, $"Workflow {workflow.Id} runs: its spec can be changed when it has ended. To wait for that: torc wait {workflow.Id}");
            }

            var (before, name, tag) = await client.SpecAsync(workflow.Id, notation: null, version: null, cancel);
            string file = await WriteAsync(before, name ?? "spec.yaml", cancel);
            await EditAsync(file, cancel);
            string after = await File.ReadAllTextAsync(file, cancel);
            if (after == before)
            {
                Remove(file);
                await Console.Error.WriteLineAsync("Nothing was changed.");
                return ExitCode.Ok;
            }

            try
            {
                var spec = new LocalSpec(file, workflow.WorkingDirectory, Encoding.UTF8.GetBytes(after));
                var changed = await ChangeAsync(client, workflow, spec, (before, tag), parsed.GetValue(rename) ?? [], parsed.GetValue(yes), parsed.GetValue(json), cancel);
                SpecSetCommand.Write(changed, parsed.GetValue(json));
                Remove(file);
                return ExitCode.Ok;
            }
            catch (CommandException)
            {
                // What somebody has typed is not thrown away because it was not taken.
                await Console.Error.WriteLineAsync($"Your text is in {file}. To give it to the workflow: torc spec set {workflow.Id} {file}");
                throw;
            }
        });
        return command;
    }

    /// <summary>Shows what another text would change, and stores it if the user agrees and nobody was faster.</summary>
    /// <param name="before">The text that was changed, and its entity tag.</param>
    public static async Task<SpecChangeView> ChangeAsync(
        TorcClient client, WorkflowView workflow, LocalSpec spec, (string Text, string? Tag) before, IReadOnlyCollection<string> renames, bool isSure, bool asJson, CancellationToken cancel)
    {
        try
        {
            var wouldChange = await client.ChangeSpecAsync(workflow.Id, spec.Bytes, spec.FileName, dryRun: true, renames, before.Tag, cancel);
            if (!asJson)
            {
                SpecDiffCommand.Write(SpecDiffCommand.Between(before.Text, Encoding.UTF8.GetString(spec.Bytes)));
                Console.Write(SpecChangeText.Of(wouldChange));
            }

            Confirmation.Require(isSure, $"Store it as version {wouldChange.Version} of {workflow.Name}?");
            return await client.ChangeSpecAsync(workflow.Id, spec.Bytes, spec.FileName, dryRun: false, renames, before.Tag, cancel);
        }
        catch (SpecRefusedException refused)
        {
            throw new SpecRefusedException(refused.Problems, spec.Render(refused.Problems));
        }
    }

    // In a folder that nobody else may look into: a spec may hold what is not for all.
    private static async Task<string> WriteAsync(string text, string name, CancellationToken cancel)
    {
        string file = Path.Combine(Directory.CreateTempSubdirectory("torc-spec-").FullName, Path.GetFileName(name) is { Length: > 1 } plain ? plain : "spec.yaml");
        await using var stream = new FileStream(file, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Options = FileOptions.Asynchronous,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancel);
        return file;
    }

    private static async Task EditAsync(string file, CancellationToken cancel)
    {
        // An editor may be a command with options, such as "code --wait": a shell reads it, as for git.
        using var editor = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"{Editor.Command} \"$1\"", "sh", file]) { UseShellExecute = false })!;
        await editor.WaitForExitAsync(cancel);
        if (editor.ExitCode != 0)
        {
            throw new CommandException(ExitCode.Internal, $"The editor `{Editor.Command}` ended with exit code {editor.ExitCode}; nothing was changed. Choose another: EDITOR=nano torc spec edit …");
        }
    }

    private static void Remove(string file) => Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
}
