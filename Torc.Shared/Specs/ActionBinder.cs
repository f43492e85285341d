using System.Globalization;
using System.Text.Json;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Parameters;
using Torc.Shared.Specs.Patterns;
using Torc.Shared.Texts;
using Torc.Shared.Workflows;

namespace Torc.Shared.Specs;

/// <summary>
/// Reads the actions of a spec, each as a job. What they refer to is looked for among the user's jobs alone, and no job can refer to them.
/// </summary>
internal sealed class ActionBinder(SpecProblems problems, Suggestions suggestions, PatternBudget budget, DeclaredThings<JobDraft> jobs, bool areAllKnown)
{
    private static readonly Dictionary<string, ActionTrigger> Triggers =
        Enum.GetValues<ActionTrigger>().ToDictionary(trigger => JsonNamingPolicy.SnakeCaseLower.ConvertName(trigger.ToString()));

    private readonly NamePatterns _patterns = new(problems, budget, "job", jobs.Count, position => jobs.NameOf(position).Text);
    private readonly Dictionary<ActionTrigger, int> _numbers = [];

    /// <returns>Those that are to run commands and can be understood, in their order.</returns>
    public IReadOnlyList<ActionDraft> Bind(SpecObject workflow)
    {
        var actions = new List<ActionDraft>();
        // Whatever is no list of objects was told where its shape was checked.
        var items = workflow.Find("actions") is SpecNode.Sequence list ? list.Items : [];
        for (int index = 0; index < items.Count; index++)
        {
            if (items[index] is not SpecNode.Mapping item)
            {
                continue;
            }

            var action = new SpecObject(problems, item, workflow.Path["actions"][index], "the action");
            string word = (action.Find("trigger_type") as SpecNode.Scalar)?.Text ?? "";
            ActionTrigger? trigger = Triggers.TryGetValue(word, out var known) ? known : null;
            var named = ReadJobs(action, word, trigger);
            CheckPersistence(action, word, trigger);
            if (ReadCommand(action) is { } command && trigger is { } sure)
            {
                actions.Add(new ActionDraft(action, sure, FreeName(word, sure), command, named));
            }
        }

        if (jobs.Count + actions.Count > SpecLimits.Jobs)
        {
            problems.Error(
                DiagnosticCodes.Limit, workflow.Path["actions"].ToString(), workflow.At,
                $"with the actions there are more than {SpecLimits.Jobs.ToString("N0", CultureInfo.InvariantCulture)} jobs");
            return [];
        }

        return actions;
    }

    /// <returns>Null if it runs none, or they are not there.</returns>
    private string? ReadCommand(SpecObject action)
    {
        if (action.Find("action_type") is not SpecNode.Scalar { Text: "run_commands" or "schedule_nodes" } type)
        {
            return null;
        }

        bool schedules = type.Text is "schedule_nodes";
        string needed = schedules ? "scheduler" : "commands";
        if (action.Find(needed) is null or SpecNode.Sequence { Items.Count: 0 })
        {
            problems.Error(DiagnosticCodes.MissingKey, action.Path.ToString(), action.At, $"an action that is to {type.Text} has no {Quoting.Quote(needed)}");
            return null;
        }

        if (schedules)
        {
            problems.Add(
                DiagnosticCodes.KeyWithoutEffect, Severity.Warning, action.Path["action_type"].ToString(), type.At,
                "\"schedule_nodes\" asks for nodes of Slurm, which this version of Torc does not do: the action is checked and kept, and has no effect", help: null);
            return null;
        }

        var commands = Texts(action, "commands").ToList();
        foreach (var (command, path) in commands)
        {
            TextRules.CheckCommand(problems, path, command.At, "a command of the action", command.Text);
        }

        string all = string.Join('\n', commands.Select(command => command.Value.Text).Prepend("set -e"));
        TextRules.CheckCommand(problems, action.Path["commands"], action.At, "what the action runs", all);
        return all;
    }

    private void CheckPersistence(SpecObject action, string word, ActionTrigger? trigger)
    {
        if (trigger is ActionTrigger.OnWorkerStart or ActionTrigger.OnWorkerComplete
            && action.Find("persistent") is SpecNode.Scalar { Kind: ScalarKind.Boolean, Text: "true" or "True" or "TRUE" } persistent)
        {
            problems.Error(
                DiagnosticCodes.BadValue, action.Path["persistent"].ToString(), persistent.At,
                $"an action {word} cannot be persistent in this version of Torc: once for every worker comes with the workers of Slurm", "leave it out, and the action runs once in every run");
        }
    }

    private JobReferences ReadJobs(SpecObject action, string word, ActionTrigger? trigger)
    {
        bool isAny = false;
        var named = new JobReferences();
        foreach (var (name, path) in Texts(action, "jobs"))
        {
            isAny = true;
            if (jobs.Find(Composition.Compose(name.Text)) is { } position)
            {
                named.Add(position, name.At);
            }
            else if (areAllKnown)
            {
                problems.Error(
                    DiagnosticCodes.UnknownJob, path.ToString(), name.At, $"the action waits for job {Quoting.Quote(name.Text)}, which is not there",
                    suggestions.Help(name.Text, jobs.Names));
            }
        }

        var found = Texts(action, "job_name_regexes")
            .Select(pattern => (pattern.Value, pattern.Path, Jobs: _patterns.Find(pattern.Value.Text, TextTemplate.Parse(problems, pattern.Value, pattern.Path, ParameterSpace.Single))))
            .ToList();
        bool namesJobs = isAny || found.Count > 0;
        isAny |= found.Exists(pattern => pattern.Jobs is not { Count: 0 });
        foreach (var (pattern, path, matching) in found)
        {
            foreach (int position in matching ?? [])
            {
                named.Add(position, pattern.At);
            }

            if (matching is { Count: 0 } && areAllKnown)
            {
                // An action that other jobs set off may have an expression too many.
                problems.Add(
                    DiagnosticCodes.PatternMatchesNothing, isAny ? Severity.Warning : Severity.Error, path.ToString(), pattern.At,
                    $"no job has a name that matches {Quoting.Quote(pattern.Text)}", help: null);
            }
        }

        if (trigger?.NamesJobs() is { } mustName && mustName != namesJobs)
        {
            Doubt(action, word, mustName);
        }

        return trigger?.NamesJobs() is true ? named : new JobReferences();
    }

    private void Doubt(SpecObject action, string word, bool mustName)
    {
        if (mustName)
        {
            problems.Error(
                DiagnosticCodes.MissingKey, action.Path.ToString(), action.At, $"an action {word} does not say which jobs it is about", "name them in jobs or job_name_regexes");
            return;
        }

        string key = action.Find("jobs") is SpecNode.Sequence { Items.Count: > 0 } ? "jobs" : "job_name_regexes";
        problems.Add(
            DiagnosticCodes.KeyWithoutEffect, Severity.Warning, action.Path[key].ToString(), action.Find(key)!.At,
            $"{Quoting.Quote(key)} has no effect on an action {word}, which is about all jobs", "on_jobs_ready and on_jobs_complete are about some");
    }

    private string FreeName(string word, ActionTrigger trigger)
    {
        int number = _numbers.GetValueOrDefault(trigger);
        string name;
        do
        {
            number++;
            name = number == 1 ? word : string.Create(CultureInfo.InvariantCulture, $"{word}_{number}");
        }
        while (jobs.Find(name) is not null);
        _numbers[trigger] = number;
        return name;
    }

    private static IEnumerable<(SpecNode.Scalar Value, SpecPath Path)> Texts(SpecObject source, string key) =>
        source.Find(key) is SpecNode.Sequence list
            ? list.Items.Select((item, index) => (Item: item as SpecNode.Scalar, Index: index))
                .Where(entry => entry.Item is { Kind: ScalarKind.Text })
                .Select(entry => (entry.Item!, source.Path[key][entry.Index]))
            : [];
}
