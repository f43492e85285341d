using System.Globalization;
using Torc.Shared.Graphs;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Parameters;
using Torc.Shared.Specs.Patterns;
using Torc.Shared.Texts;
using Torc.Shared.Workflows;

namespace Torc.Shared.Specs;

/// <summary>Resolves what jobs refer to, and derives from it which jobs wait for which.</summary>
/// <param name="areAllKnown">Whether every name is known; if not, an unknown one is no mistake that can be told.</param>
internal sealed class DependencyBinder(
    SpecProblems problems,
    Suggestions suggestions,
    PatternBudget patterns,
    DeclaredThings<JobDraft> jobs,
    DeclaredThings<FileDefinition> files,
    DeclaredThings<DatasetDefinition> datasets,
    DeclaredThings<UserDataDefinition> userData,
    bool areAllKnown)
{
    private readonly NamePatterns _jobPatterns = new(problems, patterns, "job", jobs.Count, position => jobs.NameOf(position).Text);
    private readonly NamePatterns _filePatterns = new(problems, patterns, "file", files.Count, position => files.NameOf(position).Text);
    private readonly NamePatterns _dataPatterns = new(problems, patterns, "user data", userData.Count, position => userData.NameOf(position).Text);
    private readonly ReferenceInsertion _insertion = new(problems, files, datasets, userData);
    private int?[] _fileProducers = [];
    private int?[] _dataProducers = [];
    private List<int>[] _datasetProducers = [];
    private int _references;

    /// <summary>How many dependencies the user wrote, by name or by regular expression.</summary>
    public int ExplicitEdges { get; private set; }

    /// <summary>Whether it was looked at all that jobs refer to. What they refer to may not be there.</summary>
    public bool AreAllResolved { get; private set; }

    /// <returns>Null if jobs wait for each other, or for too many; the problems then say which.</returns>
    public WorkflowGraph? Bind()
    {
        foreach (var job in jobs.Values)
        {
            if (problems.IsStopped)
            {
                return null;
            }

            var template = job.Template;
            problems.IsInCopies = !template.Parameters.IsSingle;
            ReadDependsOn(job);
            Read(job, template.InputFiles, files, job.InputFiles);
            Read(job, template.OutputFiles, files, job.OutputFiles);
            Read(job, template.InputDatasets, datasets, job.InputDatasets);
            Read(job, template.OutputDatasets, datasets, job.OutputDatasets);
            Read(job, template.InputData, userData, job.InputData);
            Read(job, template.OutputData, userData, job.OutputData);
            job.Command = Replace(job, template.Command, job.Command);
            job.InvocationScript = job.InvocationScript is { } script ? Replace(job, template.InvocationScript, script) : null;
            ReadPatterns(job, template.OutputFilePatterns, _filePatterns, job.OutputFiles, own: null);
            ReadPatterns(job, template.OutputDataPatterns, _dataPatterns, job.OutputData, own: null);
            ReadPatterns(job, template.InputFilePatterns, _filePatterns, job.InputFiles, job.OutputFiles);
            ReadPatterns(job, template.InputDataPatterns, _dataPatterns, job.InputData, job.OutputData);
            if (_references > SpecLimits.Edges)
            {
                problems.Error(
                    DiagnosticCodes.Limit, job.Source.Path.ToString(), job.Source.At,
                    $"up to {job.What}, jobs need, produce and depend on more than {SpecLimits.Edges.ToString("N0", CultureInfo.InvariantCulture)} things");
                return null;
            }
        }

        problems.IsInCopies = false;
        AreAllResolved = true;
        _fileProducers = Producers(files, "file", job => job.OutputFiles, (job, at) => job.PathOf(at, job.OutputFiles, job.OutputFilePatterns));
        _dataProducers = Producers(userData, "user data", job => job.OutputData, (job, at) => job.PathOf(at, job.OutputData, job.OutputDataPatterns));
        _datasetProducers = DatasetProducers();
        if (HasTooManyEdges())
        {
            return null;
        }

        ExplicitEdges = jobs.Values.Sum(job => job.DependsOn.Positions.Count);
        var graph = WorkflowGraph.TryBuild(jobs.Count, Edges());
        if (graph is null)
        {
            new LoopReport(problems, jobs, files, datasets, userData).Write();
        }

        return graph;
    }

    private IEnumerable<(int Blocker, int Job)> Edges()
    {
        for (int position = 0; position < jobs.Count; position++)
        {
            var job = jobs[position];
            foreach (int blocker in job.DependsOn.Positions)
            {
                yield return (blocker, position);
            }

            foreach (int file in job.InputFiles.Positions)
            {
                if (_fileProducers[file] is { } producer)
                {
                    yield return (producer, position);
                }
            }

            foreach (int producer in job.InputDatasets.Positions.SelectMany(dataset => _datasetProducers[dataset]))
            {
                yield return (producer, position);
            }

            foreach (int data in job.InputData.Positions)
            {
                if (_dataProducers[data] is { } producer)
                {
                    yield return (producer, position);
                }
            }
        }
    }

    private List<int>[] DatasetProducers()
    {
        List<int>[] producers = [.. Enumerable.Range(0, datasets.Count).Select(_ => new List<int>())];
        for (int position = 0; position < jobs.Count; position++)
        {
            foreach (int dataset in jobs[position].OutputDatasets.Positions)
            {
                producers[dataset].Add(position);
            }
        }

        return producers;
    }

    // A thousand jobs that produce a dataset and a thousand that need it are a million edges, which few characters can say.
    private bool HasTooManyEdges()
    {
        long edges = _references;
        foreach (var job in jobs.Values)
        {
            edges += job.InputDatasets.Positions.Sum(dataset => (long)_datasetProducers[dataset].Count);
            if (edges > SpecLimits.Edges)
            {
                problems.Error(
                    DiagnosticCodes.Limit, job.Source.Path.ToString(), job.Source.At,
                    $"up to {job.What}, jobs wait for more than {SpecLimits.Edges.ToString("N0", CultureInfo.InvariantCulture)} others by what they need, datasets among it",
                    "let one job wait for all that produce a dataset, and the others for that job");
                return true;
            }
        }

        return false;
    }

    private int?[] Producers<T>(DeclaredThings<T> things, string kind, Func<JobDraft, JobReferences> outputs, Func<JobTemplate, TextSpan, SpecPath> path)
    {
        int?[] producers = new int?[things.Count];
        for (int position = 0; position < jobs.Count && !problems.IsStopped; position++)
        {
            var job = jobs[position];
            problems.IsInCopies = !job.Template.Parameters.IsSingle;
            foreach (int thing in outputs(job).Positions)
            {
                if (producers[thing] is not { } first)
                {
                    producers[thing] = position;
                    continue;
                }

                var at = outputs(job).PlaceOf(thing);
                string before = $"{Quoting.Quote(jobs[first].Name)} on line {problems.Text.LineOf(outputs(jobs[first]).PlaceOf(thing).Start)}";
                string after = $"{Quoting.Quote(job.Name)} on line {problems.Text.LineOf(at.Start)}";
                problems.Error(
                    DiagnosticCodes.TwoProducers, path(job.Template, at).ToString(), at,
                    $"two jobs produce {kind} {Quoting.Quote(things.NameOf(thing).Text)}: {before} and {after}",
                    $"let one job produce it, or give each job {(kind is "file" ? "a file" : "user data")} of its own");
            }
        }

        problems.IsInCopies = false;
        return producers;
    }

    private void ReadDependsOn(JobDraft job)
    {
        foreach (var (template, text) in Filled(job, job.Template.DependsOn))
        {
            if (jobs.Find(Composition.Compose(text)) is not { } blocker)
            {
                if (areAllKnown)
                {
                    problems.Error(
                        DiagnosticCodes.UnknownJob, template.Path.ToString(), template.At, $"{job.What} depends on job {Quoting.Quote(text)}, which is not there",
                        problems.IsTold(DiagnosticCodes.UnknownJob, template.At) ? null : suggestions.Help(text, jobs.Names));
                }
            }
            else if (ReferenceEquals(jobs[blocker], job))
            {
                problems.Error(DiagnosticCodes.DependsOnItself, template.Path.ToString(), template.At, $"{job.What} depends on itself", "remove it from its depends_on");
            }
            else
            {
                job.DependsOn.Add(blocker, template.At);
            }
        }

        ReadPatterns(job, job.Template.DependsOnPatterns, _jobPatterns, job.DependsOn, own: null);
    }

    private void Read<T>(JobDraft job, IReadOnlyList<TextTemplate> templates, DeclaredThings<T> things, JobReferences references)
    {
        if (templates.Count == 0)
        {
            return;
        }

        foreach (var (template, text) in Filled(job, templates))
        {
            Resolve(job, things, text, template.At, template.Path, references);
        }
    }

    // All copies that became one job say what they depend on and need; what is the same in all of them is said once.
    private IEnumerable<(TextTemplate Template, string Text)> Filled(JobDraft job, IReadOnlyList<TextTemplate> templates)
    {
        foreach (var template in templates)
        {
            for (int copy = 0; copy < (template.HasHoles ? job.CopyCount : 1) && _references <= SpecLimits.Edges; copy++)
            {
                _references++;
                yield return (template, template.Fill(job.Copy(copy)));
            }
        }
    }

    /// <param name="own">What the job produces, and so cannot need; null if that makes no difference.</param>
    private void ReadPatterns(JobDraft job, IReadOnlyList<TextTemplate> templates, NamePatterns patterns, JobReferences references, JobReferences? own)
    {
        foreach (var template in templates)
        {
            for (int copy = 0; copy < (template.HasHoles ? job.CopyCount : 1) && _references <= SpecLimits.Edges; copy++)
            {
                // A value stands for itself, whatever it means to a regular expression: 0.1 does not match 0x1.
                string pattern = template.Fill(job.Copy(copy), NamePatterns.Escape);
                _references++;
                if (patterns.Find(pattern, template) is not { } found)
                {
                    continue;
                }

                bool isAny = false;
                foreach (int position in found)
                {
                    bool isOwn = own?.Contains(position) ?? (patterns == _jobPatterns && ReferenceEquals(jobs[position], job));
                    if (!isOwn)
                    {
                        isAny = true;
                        _references++;
                        references.Add(position, template.At);
                        if (_references > SpecLimits.Edges)
                        {
                            return;
                        }
                    }
                }

                if (!isAny && areAllKnown)
                {
                    problems.Error(
                        DiagnosticCodes.PatternMatchesNothing, template.Path.ToString(), template.At,
                        found.Count == 0
                            ? $"no {patterns.Kind} has a name that matches {Quoting.Quote(pattern)}"
                            : $"{Quoting.Quote(pattern)} matches nothing but what is {job.What}'s own",
                        "a regular expression matches anywhere in a name; ^ and $ stand for its ends");
                }
            }
        }
    }

    private int? Resolve<T>(JobDraft job, DeclaredThings<T> things, string name, TextSpan at, SpecPath path, JobReferences references)
    {
        if (things.Find(Composition.Compose(name)) is { } position)
        {
            references.Add(position, at);
            return position;
        }

        if (!areAllKnown)
        {
            return null;
        }

        var (kind, code, declare) = typeof(T) == typeof(FileDefinition) ? ("file", DiagnosticCodes.UnknownFile, "add it to files, with its name and path")
            : typeof(T) == typeof(DatasetDefinition) ? ("dataset", DiagnosticCodes.UnknownDataset, "add it to datasets, with its name and path")
            : ("user data", DiagnosticCodes.UnknownUserData, "add it to user_data");
        string? help = problems.IsTold(code, at) ? null : suggestions.Help(name, things.Names) ?? declare;
        string verb = references == job.InputFiles || references == job.InputDatasets || references == job.InputData ? "needs" : "produces";
        problems.Error(code, path.ToString(), at, $"{job.What} {verb} {kind} {Quoting.Quote(name)}, which is not declared", help);
        return null;
    }

    private string Replace(JobDraft job, TextTemplate? source, string command) =>
        source is null ? command : _insertion.Insert(command, source.Path, source.At, job.What, $"a command of {job.What}, with its paths,", (reference, at) => Resolve(job, reference, at, source.Path));

    private int? Resolve(JobDraft job, CommandReference reference, TextSpan at, SpecPath path)
    {
        _references++;
        var references = job.ReferencesTo(reference);
        return reference.Kind switch
        {
            "files" => Resolve(job, files, reference.Name, at, path, references),
            "datasets" => Resolve(job, datasets, reference.Name, at, path, references),
            _ => Resolve(job, userData, reference.Name, at, path, references),
        };
    }
}
