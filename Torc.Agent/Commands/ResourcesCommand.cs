using System.CommandLine;
using System.Globalization;
using System.Text;
using Torc.Agent.Client;
using Torc.Shared.Contracts;
using Torc.Shared.Metrics;
using Torc.Shared.Quantities;
using Torc.Shared.Specs;
using Torc.Shared.Specs.Editing;
using Torc.Shared.Workflows;

namespace Torc.Agent.Commands;

/// <summary><c>torc resources</c>: what the jobs of a workflow ask for, and what they used.</summary>
internal static class ResourcesCommand
{
    public static Command Create()
    {
        var id = WorkflowArgument.One();
        var suggest = new Option<bool>("--suggest") { Description = "Shows only what should be changed, with what it would bring." };
        var jobs = new Option<bool>("--jobs") { Description = "Shows job by job what its newest attempt used, instead of class by class." };
        var apply = new Option<bool>("--apply") { Description = "Puts the suggestions into the spec, as a new version, when you agree." };
        var set = new Option<string[]>("--set")
        {
            Description = "What a job is to ask for from now on, such as work2.memory=450m, work2.runtime=1h30m or work2.cpus=4; may be given several times. It becomes a new version of the spec when you agree, and nothing is started.",
            HelpName = "JOB.WHAT=VALUE",
        };
        set.Validators.Add(result =>
        {
            foreach (string typed in (result.GetValueOrDefault<string[]?>() ?? []).Where(typed => RequirementsSetting.Read(typed) is null))
            {
                result.AddError($"--set {Shown.Words(typed)}: write it as JOB.memory=VALUE, JOB.runtime=VALUE or JOB.cpus=NUMBER.");
            }
        });
        var yes = Confirmation.Option();
        var json = CommandRun.JsonOption();
        var data = CommandRun.DataOption();
        var command = new Command("resources", "Compares what jobs ask for with what they used, and suggests what they should ask for.") { id, suggest, jobs, apply, set, yes, json, data };
        var table = TableOptions.AddTo(command);
        command.SetTorcAction(async (parsed, cancel) =>
        {
            using var client = await new LocalServer(CommandRun.Data(parsed.GetValue(data))).RequireAsync(cancel);
            var workflow = await client.WorkflowAsync(await WorkflowArgument.FindAsync(client, parsed.GetRequiredValue(id), cancel), cancel);
            bool asJson = parsed.GetValue(json);
            if (RequirementsSetting.ReadAll(parsed.GetValue(set) ?? []) is { } wanted)
            {
                NeedsChange[] changes = [.. wanted.Select(Change)];
                return await ApplyAsync(client, workflow, _ => changes, parsed.GetValue(yes), asJson, cancel);
            }

            if (parsed.GetValue(jobs))
            {
                var each = await client.JobResourcesAsync(workflow.Id, cancel);
                if (asJson)
                {
                    CommandRun.WriteJson(each, TorcJson.Default.IReadOnlyListJobUseView);
                }
                else
                {
                    table.Write(parsed, [["JOB", "CLASS", "CPUS", "USED", "MEMORY", "PEAK", "GPUS", "GPU", "LIMIT", "TOOK"], .. each.Select(JobRow)]);
                }

                return ExitCode.Ok;
            }

            var uses = await client.ResourcesAsync(workflow.Id, cancel);
            if (parsed.GetValue(apply))
            {
                var suggested = uses.Where(use => use.Suggested is not null).ToList();
                return await ApplyAsync(client, workflow, definition => SuggestedChanges.Of(definition, suggested), parsed.GetValue(yes), asJson, cancel);
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
        TorcClient client, WorkflowView workflow, Func<WorkflowDefinition, IReadOnlyList<NeedsChange>> changesOf, bool isSure, bool asJson, CancellationToken cancel)
    {
        var (text, name, tag) = await client.SpecAsync(workflow.Id, notation: null, version: null, cancel);
        var changes = SpecReader.Read(Encoding.UTF8.GetBytes(text), name).Definition is { } definition ? changesOf(definition) : [];
        switch (NeedsEditor.Edit(text, name, changes))
        {
            case SpecEdit.Refused refused:
                throw new CommandException(ExitCode.Conflict, refused.Why);
            case SpecEdit.Done { Changes.Count: 0 }:
                await Console.Error.WriteLineAsync("There is nothing to change.");
                break;
            case SpecEdit.Done { Text: var edited }:
                var spec = new LocalSpec(name ?? "spec.yaml", workflow.WorkingDirectory, Encoding.UTF8.GetBytes(edited));
                SpecSetCommand.Write(await SpecEditCommand.ChangeAsync(client, workflow, spec, (text, tag), [], isSure, asJson, cancel), asJson);
                break;
        }

        return ExitCode.Ok;
    }

    private static string[] JobRow(JobUseView job) =>
    [
        job.Name,
        job.Class ?? "-",
        Amount(ResourceKind.Cpus, job.Needs.Cpus),
        job is { CpuTime: { } cpu, Took: { Ticks: > 0 } took } ? Amount(ResourceKind.Cpus, cpu / took) : "-",
        job.Needs.Memory.Bytes == 0 ? "none" : job.Needs.Memory.ToString(),
        job.PeakMemory?.ToString() ?? "-",
        Amount(ResourceKind.Cpus, job.Needs.Gpus),
        job.GpuPercent is { } gpu ? $"{Amount(ResourceKind.Cpus, gpu)} %" : "-",
        Instants.Print(job.Needs.Runtime),
        job.Took is { } lasted ? Instants.Print(lasted) : "-",
    ];

    private static NeedsChange Change(RequirementsChange wanted)
    {
        QuantityProblem? wrong = null;
        var memory = wanted.Memory is { } amount ? MemoryText.TryParse(amount, out wrong) : null;
        var bad = wrong;
        var runtime = wanted.Runtime is { } time ? DurationText.TryParse(time, out wrong) : null;
        return (bad ?? wrong) is { } problem
            ? throw new CommandException(ExitCode.Invalid, $"The {(bad is null ? "runtime" : "memory")} of {Shown.Words(wanted.Job)} {problem.Message}{(problem.Message.EndsWith('?') ? "" : ".")} {problem.Help}".TrimEnd())
            : new NeedsChange(wanted.Job, memory, runtime, wanted.Cpus);
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
