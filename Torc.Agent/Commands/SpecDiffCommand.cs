using System.CommandLine;
using System.Globalization;
using Torc.Agent.Client;
using Torc.Shared.Contracts;
using Torc.Shared.Texts;

namespace Torc.Agent.Commands;

/// <summary><c>torc spec diff</c>: what two versions of a spec do not have in common.</summary>
internal static class SpecDiffCommand
{
    private const int LinesAround = 3;

    public static Command Create()
    {
        var id = WorkflowArgument.One();
        var first = new Argument<int?>("V1") { Description = "The older version, from 1. By default the one before the newest.", Arity = ArgumentArity.ZeroOrOne };
        var second = new Argument<int?>("V2") { Description = "The newer version. By default the newest.", Arity = ArgumentArity.ZeroOrOne };
        var json = CommandRun.JsonOption();
        var data = CommandRun.DataOption();
        var command = new Command("diff", "Shows what differs between two versions of a workflow's spec.") { id, first, second, json, data };
        command.SetTorcAction(async (parsed, cancel) =>
        {
            using var client = await new LocalServer(CommandRun.Data(parsed.GetValue(data))).RequireAsync(cancel);
            var workflow = await client.WorkflowAsync(await WorkflowArgument.FindAsync(client, parsed.GetRequiredValue(id), cancel), cancel);
            int after = parsed.GetValue(second) ?? workflow.SpecVersion;
            int before = parsed.GetValue(first) ?? after - 1;
            if (before < 1)
            {
                throw new CommandException(ExitCode.NotFound, $"The spec of workflow {workflow.Id} has had one version only. To change it: torc spec edit {workflow.Id}");
            }

            string old = (await client.SpecAsync(workflow.Id, notation: null, before, cancel)).Text;
            string now = (await client.SpecAsync(workflow.Id, notation: null, after, cancel)).Text;
            var diff = new SpecDiffView(before, after, Between(old, now));
            if (parsed.GetValue(json))
            {
                CommandRun.WriteJson(diff, TorcJson.Default.SpecDiffView);
            }
            else
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"--- version {before}\n+++ version {after}"));
                Write(diff.Lines);
            }

            return ExitCode.Ok;
        });
        return command;
    }

    /// <returns>The lines that differ, with three around them.</returns>
    public static IReadOnlyList<DiffLine> Between(string before, string after) =>
    [
        .. TextLines.Changed(TextLines.Compare(before, after), LinesAround)
            .SelectMany(piece => piece)
            .Select(line => new DiffLine(line.Side switch { DiffSide.Before => '-', DiffSide.After => '+', _ => ' ' }, line.Text)),
    ];

    public static void Write(IReadOnlyList<DiffLine> lines)
    {
        foreach (var line in lines)
        {
            Console.WriteLine($"{line.Kind}{Shown.Words(line.Text)}");
        }
    }
}
