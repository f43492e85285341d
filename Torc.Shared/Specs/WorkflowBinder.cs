using Torc.Shared.Placement;
using Torc.Shared.Texts;
using Torc.Shared.Workflows;

namespace Torc.Shared.Specs;

/// <summary>Makes a workflow of a document. It goes on after a mistake, so that all are told at once.</summary>
internal sealed class WorkflowBinder(SpecProblems problems)
{
    private readonly Suggestions _suggestions = new();
    private readonly DeclaredThings<ResourceRequirements> _requirements = new("resource requirements");
    private readonly DeclaredThings<FileDefinition> _files = new("file");
    private readonly DeclaredThings<UserDataDefinition> _userData = new("user data");
    private readonly DeclaredThings<JobDraft> _jobs = new("job");
    private readonly HashSet<int> _usedRequirements = [];

    /// <returns>Nothing if there is an error; the problems then say which.</returns>
    public (WorkflowDefinition? Definition, SpecCounts? Counts) Bind(SpecNode root)
    {
        if (SpecObject.From(problems, root, SpecPath.Top, "the document", _ => "the workflow") is not { } workflow)
        {
            return (null, null);
        }

        workflow.CheckKeys(SpecKeys.Workflow, _suggestions);
        var name = SpecNames.Read(workflow);
        string? user = workflow.Text("user");
        string? description = workflow.Text("description");
        string? project = workflow.Text("project");
        var env = EnvBinder.Bind(workflow, inherited: new Dictionary<string, string>());
        var monitor = BindMonitor(workflow);
        BindRequirements(workflow);
        BindFiles(workflow);
        BindUserData(workflow);
        BindJobs(workflow, env);
        var dependencies = new DependencyBinder(problems, _suggestions, _jobs, _files, _userData);
        var graph = dependencies.Bind();
        WarnOfUnused();
        if (problems.HasErrors || graph is null || name is null)
        {
            return (null, null);
        }

        var definition = new WorkflowDefinition(
            name.Value.Text, project, user, description, monitor,
            [.. _jobs.Values.Select(job => job.ToDefinition())], [.. _files.Values], [.. _userData.Values], graph);
        return (definition, SpecCounts.Of(definition, dependencies.ExplicitEdges));
    }

    private MonitorDefinition BindMonitor(SpecObject workflow)
    {
        if (workflow.Find("resource_monitor") is not { } node
            || SpecObject.From(problems, node, workflow.Path["resource_monitor"], "resource_monitor") is not { } monitor)
        {
            return MonitorDefinition.Default;
        }

        // Monitoring changes no result, so a key too many is no reason to refuse a workflow.
        monitor.CheckKeys(SpecKeys.Monitor, _suggestions, unknown: Severity.Warning);
        bool isEnabled = monitor.Flag("enabled", absent: false);
        int seconds = monitor.Whole("sample_interval_seconds", min: 1, max: 3_600, absent: 1);
        string? granularity = monitor.Text("granularity");
        if (granularity is not (null or "summary" or "time_series"))
        {
            problems.Error(
                DiagnosticCodes.BadValue, monitor.Path["granularity"].ToString(), monitor.Find("granularity")!.At,
                $"granularity must be \"summary\" or \"time_series\", not {Quoting.Quote(granularity)}",
                _suggestions.Help(granularity, ["summary", "time_series"]));
        }

        return isEnabled && granularity is not "summary" ? new MonitorDefinition(TimeSpan.FromSeconds(seconds)) : new MonitorDefinition(SampleEvery: null);
    }

    private void BindRequirements(SpecObject workflow)
    {
        foreach (var requirements in Objects(workflow, "resource_requirements", "resource requirements", "resource requirements"))
        {
            requirements.CheckKeys(SpecKeys.Requirements, _suggestions);
            var name = SpecNames.Read(requirements);
            _requirements.Add(RequirementsBinder.Bind(requirements), name, requirements);
        }
    }

    private void BindFiles(SpecObject workflow)
    {
        var paths = new Dictionary<string, int>();
        foreach (var file in Objects(workflow, "files", "file", "files"))
        {
            file.CheckKeys(SpecKeys.File, _suggestions);
            var name = SpecNames.Read(file);
            string path = "";
            if (file.RequireText("path") is { } text)
            {
                path = text.Text;
                TextRules.CheckPath(problems, file.Path["path"], text);
                if (!paths.TryAdd(path, _files.Count))
                {
                    var first = _files.NameOf(paths[path]);
                    problems.Add(
                        DiagnosticCodes.SamePath, Severity.Warning, file.Path["path"].ToString(), text.At,
                        $"{file.What} has the path of file {Quoting.Quote(first.Text)} on line {problems.Text.LineOf(first.At.Start)}; Torc takes them for two files",
                        "use one name for one file");
                }
            }

            _files.Add(new FileDefinition(name?.Text ?? "", path), name, file);
        }
    }

    private void BindUserData(SpecObject workflow)
    {
        foreach (var data in Objects(workflow, "user_data", "user data", "user data"))
        {
            data.CheckKeys(SpecKeys.UserData, _suggestions);
            var name = SpecNames.Read(data);
            string? json = data.Find("data") is { } value ? CanonicalJson.Write(problems, value, data.Path["data"]) : null;
            _userData.Add(new UserDataDefinition(name?.Text ?? "", json, data.Flag("is_ephemeral", absent: false)), name, data);
        }
    }

    private void BindJobs(SpecObject workflow, IReadOnlyDictionary<string, string> env)
    {
        workflow.Require("jobs");
        foreach (var source in Objects(workflow, "jobs", "job", "jobs"))
        {
            source.CheckKeys(SpecKeys.Job, _suggestions);
            var name = SpecNames.Read(source);
            var job = new JobDraft(source, name)
            {
                Command = TextRules.Command(source, "command", isRequired: true) ?? "",
                InvocationScript = TextRules.Command(source, "invocation_script", isRequired: false),
                Priority = source.Whole("priority", int.MinValue, int.MaxValue, absent: 0),
                CancelOnBlockingJobFailure = source.Flag("cancel_on_blocking_job_failure", absent: true),
                Env = EnvBinder.Bind(source, env),
            };
            BindNeeds(source, job);
            _jobs.Add(job, name, source);
        }
    }

    private void BindNeeds(SpecObject source, JobDraft job)
    {
        switch (source.Find("resource_requirements"))
        {
            case null:
                break;
            case SpecNode.Scalar { Kind: ScalarKind.Text } name when _requirements.Find(Composition.Compose(name.Text)) is { } known:
                _usedRequirements.Add(known);
                job.Needs = _requirements[known];
                job.RequirementsName = _requirements.NameOf(known).Text;
                break;
            case SpecNode.Scalar { Kind: ScalarKind.Text } name:
                problems.Error(
                    DiagnosticCodes.UnknownRequirements, source.Path["resource_requirements"].ToString(), name.At,
                    $"{source.What} needs resource requirements {Quoting.Quote(name.Text)}, which are not declared",
                    _suggestions.Help(name.Text, _requirements.Names) ?? "add them to resource_requirements");
                break;
            case SpecNode.Mapping own:
                var requirements = new SpecObject(problems, own, source.Path["resource_requirements"], $"resource_requirements of {source.What}");
                requirements.CheckKeys(SpecKeys.Requirements, _suggestions);
                job.Needs = RequirementsBinder.Bind(requirements);
                break;
            case var other:
                source.WrongKind(other, source.Path["resource_requirements"], "resource_requirements", "a name or an object");
                break;
        }
    }

    // The objects of a list at the top; the name that each gives itself is used in messages before it is known to be good.
    private IEnumerable<SpecObject> Objects(SpecObject workflow, string key, string kind, string of)
    {
        foreach (var (node, path) in workflow.Items(key, of))
        {
            string place = $"{key}[{path.Index}]";
            if (SpecObject.From(problems, node, path, place, mapping => NameIn(mapping) is { } name ? $"{kind} {Quoting.Quote(name)}" : place) is { } item)
            {
                yield return item;
            }
        }
    }

    private static string? NameIn(SpecNode.Mapping node) =>
        node.Find("name")?.Value is SpecNode.Scalar { Kind: ScalarKind.Text, Text: { Length: > 0 } name } ? name : null;

    private void WarnOfUnused()
    {
        for (int position = 0; position < _requirements.Count; position++)
        {
            if (!_usedRequirements.Contains(position))
            {
                Warn(_requirements.NameOf(position), _requirements.PathOf(position), "no job uses the resource requirements");
            }
        }

        var usedFiles = _jobs.Values.SelectMany(job => job.InputFiles.Positions.Concat(job.OutputFiles.Positions)).ToHashSet();
        for (int position = 0; position < _files.Count; position++)
        {
            if (!usedFiles.Contains(position))
            {
                Warn(_files.NameOf(position), _files.PathOf(position), "no job needs or produces the file");
            }
        }

        void Warn(SpecName name, SpecPath path, string what)
        {
            if (name.Text.Length > 0)
            {
                problems.Add(DiagnosticCodes.Unused, Severity.Warning, path["name"].ToString(), name.At, $"{what} {Quoting.Quote(name.Text)}", help: null);
            }
        }
    }
}
