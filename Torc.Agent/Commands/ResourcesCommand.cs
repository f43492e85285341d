using System.CommandLine;
using System.Globalization;
using System.Text;
using Torc.Agent.Client;
using Torc.Shared.Contracts;
using Torc.Shared.Metrics;
using Torc.Shared.Quantities;
using Torc.Shared.Specs;
using Torc.Shared.Specs.Editing;

namespace Torc.Agent.Commands;

/// <summary><c>torc resources</c>: what the jobs of a workflow ask for, and what they used.</summary>
internal static class ResourcesCommand
{
    public static Command Create()
    {
        var id = WorkflowArgument.One();
        var suggest = new Option<bool>("--suggest") { Description = "Shows only what should be changed, with what it would bring." };
        var apply = new Option<bool>("--apply") { Description = "Puts the suggestions into the spec, as a new version, when you agree." };
        var yes = Confirmation.Option();
        var json = CommandRun.JsonOption();
        var data = CommandRun.DataOption();
        var command = new Command("resources", "Compares what jobs ask for with what they used, and suggests what they should ask for.") { id, suggest, apply, yes, json, data };
        var table = TableOptions.AddTo(command);
        command.SetTorcAction(async (parsed, cancel) =>
        {
            using var client = await new LocalServer(CommandRun.Data(parsed.GetValue(data))).RequireAsync(cancel);
            var workflow = await client.WorkflowAsync(await WorkflowArgument.FindAsync(client, parsed.GetRequiredValue(id), cancel), cancel);
            var uses = await client.ResourcesAsync(workflow.Id, cancel);
            bool asJson = parsed.GetValue(json);
            if (parsed.GetValue(apply))
            {
                return await ApplyAsync(client, workflow, [.. uses.Where(use => use.Suggested is not null)], parsed.GetValue(yes), asJson, cancel);
            }

            var shown = parsed.GetValue(suggest) ? [.. uses.Where(use => use.Suggested is not null)] : uses;
            if (asJson)
            {
                CommandRun.WriteJson(shown, TorcJson.Default.IReadOnlyListResourceUseView);
            }
            else if (shown.Count > 0)
            {
                table.Write(parsed, [["CLASS", "RESOURCE", "REQUESTED", "MEDIAN", "P95", "MAX", "JOBS", "SUGGESTED", "EFFECT"], .. shown.Select(Row)]);
            }
            else
            {
                await Console.Error.WriteLineAsync(uses.Count == 0 ? "No job has ended yet, so nothing is known." : "What the jobs ask for is right.");
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static async Task<ExitCode> ApplyAsync(
        TorcClient client, WorkflowView workflow, IReadOnlyList<ResourceUseView> suggestions, bool isSure, bool asJson, CancellationToken cancel)
    {
        if (suggestions.Count == 0)
        {
            await Console.Error.WriteLineAsync("There is nothing to change.");
            return ExitCode.Ok;
        }

        var (text, name, tag) = await client.SpecAsync(workflow.Id, notation: null, version: null, cancel);
        var changes = SpecReader.Read(Encoding.UTF8.GetBytes(text), name).Definition is { } definition ? SuggestedChanges.Of(definition, suggestions) : [];
        switch (NeedsEditor.Edit(text, name, changes))
        {
            case SpecEdit.Refused(var why):
                throw new CommandException(ExitCode.Conflict, why);
            case SpecEdit.Done(var edited, _, _):
                var spec = new LocalSpec(name ?? "spec.yaml", workflow.WorkingDirectory, Encoding.UTF8.GetBytes(edited));
                SpecSetCommand.Write(await SpecEditCommand.ChangeAsync(client, workflow, spec, (text, tag), [], isSure, asJson, cancel), asJson);
                break;
        }

        return ExitCode.Ok;
    }

    private static string[] Row(ResourceUseView use) =>
    [
        use.Class ?? "-",
        use.Resource.ToString().ToLowerInvariant(),
        use is { Resource: ResourceKind.Memory, Requested: 0 } ? "none" : Amount(use.Resource, use.Requested),
        Amount(use.Resource, use.Median),
        Amount(use.Resource, use.P95),
        Amount(use.Resource, use.Max),
        use.Jobs.ToString(CultureInfo.InvariantCulture),
        use.Suggested is { } suggested ? $"{Amount(use.Resource, suggested)}{(use.IsWeak ? " (weak)" : "")}" : "-",
        use.Effect ?? "",
    ];

    private static string Amount(ResourceKind resource, double amount) => resource switch
    {
        ResourceKind.Memory => new MemorySize((long)amount).ToString(),
        ResourceKind.Runtime => Instants.Print(TimeSpan.FromSeconds(amount)),
        _ => Math.Round(amount, 2).ToString(CultureInfo.InvariantCulture),
    };
}
