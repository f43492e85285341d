using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Torc.Agent.Client;
using Torc.Shared.Contracts;
using Torc.Shared.Reruns;

namespace Torc.Agent.Commands;

/// <summary><c>torc rerun</c> and <c>torc plan</c>: what must run again of a workflow, why, and that it does.</summary>
internal static class RerunCommand
{
    public static Command Create()
    {
        var dryRun = new Option<bool>("--dry-run") { Description = "Only shows what would run, and why." };
        var stop = new Option<bool>("--stop-running") { Description = "Ends jobs that run and are to run again. By default they come to their own end first." };
        var yes = Confirmation.Option();
        var asked = new Asked();
        var command = new Command("rerun", "Runs again what must run again. Shows the plan first: each job that runs and each that is kept, with the reasons.") { dryRun, stop, yes };
        asked.AddTo(command);
        command.SetTorcAction(async (parsed, cancel) =>
        {
            using var client = await new LocalServer(CommandRun.Data(parsed.GetValue(asked.Data))).RequireAsync(cancel);
            var workflow = await WorkflowArgument.FindAsync(client, parsed.GetRequiredValue(asked.Workflow), cancel);
            var request = asked.Request(parsed) with { StopRunning = parsed.GetValue(stop) };
            var plan = await client.PlanAsync(workflow, request, cancel);
            bool isQuiet = parsed.GetValue(asked.Json);
            if (parsed.GetValue(dryRun))
            {
                Show(plan, isQuiet);
                return ExitCode.Ok;
            }

            if (!isQuiet)
            {
                Console.Write(PlanText.Of(plan));
            }

            if (plan.Spec?.Refusal is { } refusal)
            {
                throw new CommandException(ExitCode.Invalid, refusal);
            }

            int runs = plan.Jobs.Count(job => job.Action != PlannedAction.Keep);
            if (runs == 0)
            {
                Show(plan, isQuiet, onlyJson: true);
                return ExitCode.Ok;
            }

            Confirmation.Require(parsed.GetValue(yes), $"Rerun {runs} job{(runs == 1 ? "" : "s")}?");
            var started = await client.RerunAsync(workflow, request with { PlanId = plan.Id }, cancel);
            Show(plan, isQuiet, onlyJson: true);
            if (!isQuiet)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Run {started.Run} of {started.Name} has started: {new Uri(client.Url, $"workflows/{workflow}")}"));
            }

            return ExitCode.Ok;
        });
        return command;
    }

    public static Command CreatePlan()
    {
        var asked = new Asked();
        var command = new Command("plan", "Shows what a rerun would run and keep, and why. Nothing is started.");
        asked.AddTo(command);
        command.SetTorcAction(async (parsed, cancel) =>
        {
            using var client = await new LocalServer(CommandRun.Data(parsed.GetValue(asked.Data))).RequireAsync(cancel);
            var workflow = await WorkflowArgument.FindAsync(client, parsed.GetRequiredValue(asked.Workflow), cancel);
            Show(await client.PlanAsync(workflow, asked.Request(parsed), cancel), parsed.GetValue(asked.Json));
            return ExitCode.Ok;
        });
        return command;
    }

    private static void Show(RerunPlanView plan, bool asJson, bool onlyJson = false)
    {
        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(plan, TorcJson.Default.RerunPlanView));
        }
        else if (!onlyJson)
        {
            Console.Write(PlanText.Of(plan));
        }
    }

    /// <summary>What both commands are told: which workflow, and which of its jobs.</summary>
    private sealed class Asked
    {
        private readonly Option<bool> _failed = new("--failed") { Description = "Jobs that failed or were cancelled, and what waits for them. The default." };
        private readonly Option<bool> _changed = new("--changed") { Description = "Every job that is not up to date: failed, never run, or with inputs, outputs or a definition that have changed." };
        private readonly Option<bool> _all = new("--all") { Description = "Every job." };
        private readonly Option<string[]> _select = SelectOption.Create("Jobs, and what waits for them.");
        private readonly Option<bool> _only = new("--only") { Description = "With --select: those jobs and no others." };
        private readonly Option<bool?> _cutoff = new("--early-cutoff") { Description = "Keep a job whose inputs turn out to be as they were, though a job before it runs. By default as the spec says.", Arity = ArgumentArity.ZeroOrOne };

        private readonly Option<string[]> _set = new("--set")
        {
            Description = "What a job is to ask for from now on, such as work2.memory=450m, work2.runtime=1h30m or work2.cpus=4; may be given several times. It becomes a new version of the spec.",
            HelpName = "JOB.WHAT=VALUE",
        };

        public Argument<string> Workflow { get; } = WorkflowArgument.One();

        public Option<bool> Json { get; } = CommandRun.JsonOption();

        public Option<string?> Data { get; } = CommandRun.DataOption();

        public void AddTo(Command command)
        {
            command.Add(Workflow);
            foreach (var option in (Option[])[_failed, _changed, _all, _select, _only, _set, _cutoff, Json, Data])
            {
                command.Add(option);
            }

            command.Validators.Add(result =>
            {
                int scopes = new[] { result.GetValue(_failed), result.GetValue(_changed), result.GetValue(_all), result.GetValue(_select) is { Length: > 0 } }.Count(isGiven => isGiven);
                if (scopes > 1)
                {
                    result.AddError("Give one of --failed, --changed, --all and --select.");
                }

                if (result.GetValue(_only) && result.GetValue(_select) is not { Length: > 0 })
                {
                    result.AddError("--only goes with --select.");
                }

                foreach (string set in (result.GetValue(_set) ?? []).Where(set => RequirementsSetting.Read(set) is null))
                {
                    result.AddError($"--set {set}: write it as JOB.memory=VALUE, JOB.runtime=VALUE or JOB.cpus=NUMBER.");
                }
            });
        }

        public RerunRequest Request(ParseResult parsed)
        {
            string[] selected = parsed.GetValue(_select) ?? [];
            var scope = parsed.GetValue(_all) ? RerunScope.All
                : parsed.GetValue(_changed) ? RerunScope.Changed
                : selected.Length == 0 ? RerunScope.Failed
                : parsed.GetValue(_only) ? RerunScope.Selected
                : RerunScope.SelectedAndDownstream;
            return new RerunRequest(scope, Jobs: null, parsed.GetResult(_cutoff) is null ? null : parsed.GetValue(_cutoff) ?? true)
            {
                Set = RequirementsSetting.ReadAll(parsed.GetValue(_set) ?? []),
                Select = SelectOption.Read(selected),
            };
        }
    }
}
