using System.Globalization;
using Torc.Shared.Placement;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Parameters;
using Torc.Shared.Specs.Patterns;
using Torc.Shared.Specs.Schema;
using Torc.Shared.Texts;
using Torc.Shared.Workflows;

namespace Torc.Shared.Specs;

/// <summary>Makes a workflow of a document. It goes on after a mistake, so that all are told at once.</summary>
internal sealed class WorkflowBinder(SpecProblems problems)
{
    private readonly Suggestions _suggestions = new();
    private readonly PatternBudget _patterns = new();
    private readonly DeclaredThings<ResourceRequirements> _requirements = new("resource requirements");
    private readonly DeclaredThings<FileDefinition> _files = new("file");
    private readonly DeclaredThings<DatasetDefinition> _datasets = new("dataset");
    private readonly DeclaredThings<UserDataDefinition> _userData = new("user data");
    private readonly DeclaredThings<JobDraft> _jobs = new("job");

    /// <returns>Null if it cannot be said which jobs there are; the problems then say why.</returns>
    public BoundWorkflow? Bind(SpecNode root)
    {
        if (SpecObject.From(problems, Variables.Replace(problems, root), SpecPath.Top, "the document", _ => "the workflow") is not { } workflow)
        {
            return null;
        }

        workflow.CheckKeys(SpecSchema.Workflow, _suggestions);
        var name = SpecNames.Read(workflow);
        string? user = workflow.Text("user");
        string? description = workflow.Text("description");
        string? project = workflow.Text("project");
        bool earlyCutoff = workflow.Flag("early_cutoff", absent: false);
        var monitor = BindMonitor(workflow);
        bool usePendingFailed = workflow.Flag("use_pending_failed", absent: false);
        var recovery = workflow.Choice("recovery", _suggestions, "off", "auto") is "auto" ? Recovery.Auto : Recovery.Off;
        var sortMethod = workflow.Choice("jobs_sort_method", _suggestions, "none", "gpus_runtime_memory", "gpus_memory_runtime") switch
        {
            "none" => SortMethod.None,
            "gpus_memory_runtime" => SortMethod.GpusMemoryRuntime,
            _ => SortMethod.GpusRuntimeMemory,
        };
        BindRequirements(workflow);
        var parameters = new ParameterBinder(problems, _suggestions, workflow);
        var artifacts = new ArtifactBinder(problems, _suggestions, parameters, _files, _datasets, _userData);
        bool areAllKnown = artifacts.Bind(
            Objects(workflow, "files", "file", "files"), Objects(workflow, "datasets", "dataset", "datasets"), Objects(workflow, "user_data", "user data", "user data"));
        var jobs = new JobBinder(problems, _suggestions, parameters, _requirements, _jobs);
        areAllKnown &= jobs.Bind(workflow, Objects(workflow, "jobs", "job", "jobs"));
        if (problems.IsStopped)
        {
            return null;
        }

        var dependencies = new DependencyBinder(problems, _suggestions, _patterns, _jobs, _files, _datasets, _userData, areAllKnown);
        var graph = dependencies.Bind();
        new HandlerReferences(
            problems, _suggestions, workflow, _jobs, _files, _datasets, _userData, areAllKnown, areAllKnown && dependencies.AreAllResolved).Bind();
        var actions = new ActionBinder(problems, _suggestions, _patterns, _jobs, areAllKnown).Bind(workflow);
        var whole = graph is null ? null : new ActionGraph(problems, graph, _jobs, actions).Build();
        if (areAllKnown)
        {
            new UnusedThings(problems, _jobs, _files, _datasets, _requirements).Warn();
        }

        new Advice(problems, root, _jobs, _files).Give();
        bool areFilesKnown = areAllKnown && dependencies.AreAllResolved;
        if (graph is null || whole is null || name is null || !problems.LeaveTheGraph)
        {
            return new BoundWorkflow(Graph: null, _files, _datasets, _userData, _jobs, _requirements, areFilesKnown);
        }

        var definition = new WorkflowDefinition(
            name.Value.Text, project, user, description, monitor,
            [.. _jobs.Values.Select(job => job.ToDefinition()), .. actions.Select(action => action.ToDefinition(_jobs, jobs.WorkflowEnv, jobs.OnLost))],
            [.. _files.Values], [.. _userData.Values], whole,
            earlyCutoff, UsePendingFailed: usePendingFailed, Recovery: recovery, SortMethod: sortMethod);
        return new BoundWorkflow((definition, SpecCounts.Of(definition, graph, dependencies.ExplicitEdges)), _files, _datasets, _userData, _jobs, _requirements, areFilesKnown);
    }

    private MonitorDefinition BindMonitor(SpecObject workflow)
    {
        if (workflow.Find("resource_monitor") is not { } node
            || SpecObject.From(problems, node, workflow.Path["resource_monitor"], "resource_monitor") is not { } monitor)
        {
            return MonitorDefinition.Default;
        }

        // Monitoring changes no result, so a key too many is no reason to refuse a workflow.
        monitor.CheckKeys(SpecSchema.Monitor, _suggestions);
        var series = BindSeries(monitor, absent: 1);
        if (monitor.Find("jobs") is { } jobs && SpecObject.From(problems, jobs, monitor.Path["jobs"], "jobs of resource_monitor") is { } part)
        {
            part.CheckKeys(SpecSchema.MonitorPart, _suggestions);
            series = BindSeries(part, series.Seconds);
        }

        return new MonitorDefinition(series.IsKept ? TimeSpan.FromSeconds(series.Seconds) : null);
    }

    private (bool IsKept, int Seconds) BindSeries(SpecObject monitor, int absent)
    {
        bool isEnabled = monitor.Flag("enabled", absent: false);
        int seconds = monitor.Whole("sample_interval_seconds", min: 1, int.MaxValue, absent);
        string? granularity = monitor.Choice("granularity", _suggestions, "summary", "time_series");
        return (isEnabled && granularity is not "summary", seconds);
    }

    private void BindRequirements(SpecObject workflow)
    {
        foreach (var requirements in Objects(workflow, "resource_requirements", "resource requirements", "resource requirements"))
        {
            requirements.CheckKeys(SpecSchema.Requirements, _suggestions);
            var name = SpecNames.Read(requirements);
            _requirements.Add(RequirementsBinder.Bind(requirements), name, requirements);
        }
    }

    // The objects of a list at the top; the name that each gives itself is used in messages before it is known to be good.
    private IEnumerable<SpecObject> Objects(SpecObject workflow, string key, string kind, string of)
    {
        foreach (var (node, path) in workflow.Items(key, of))
        {
            if (path.Index == SpecLimits.Jobs)
            {
                problems.Stop(path.ToString(), node.At, $"{key} has more than {SpecLimits.Jobs.ToString("N0", CultureInfo.InvariantCulture)} entries, and what follows was not looked at");
            }

            if (problems.IsStopped)
            {
                yield break;
            }

            string place = $"{key}[{path.Index}]";
            if (SpecObject.From(problems, node, path, place, mapping => NameIn(mapping) is { } name ? $"{kind} {Quoting.Quote(name)}" : place) is { } item)
            {
                yield return item;
            }
        }
    }

    private static string? NameIn(SpecNode.Mapping node) =>
        node.Find("name")?.Value is SpecNode.Scalar { Kind: ScalarKind.Text, Text: { Length: > 0 } name } ? name : null;
}
