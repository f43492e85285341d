using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Parameters;
using Torc.Shared.Texts;
using Torc.Shared.Workflows;

namespace Torc.Shared.Specs;

/// <summary>Finds what jobs and actions refer to by name: failure handlers, whose rules the jobs get, and schedulers.</summary>
/// <param name="areFilesKnown">Whether it is known what each job needs and produces.</param>
internal sealed class HandlerReferences(
    SpecProblems problems,
    Suggestions suggestions,
    SpecObject workflow,
    DeclaredThings<JobDraft> jobs,
    DeclaredThings<FileDefinition> files,
    DeclaredThings<DatasetDefinition> datasets,
    DeclaredThings<UserDataDefinition> userData,
    bool areAllKnown,
    bool areFilesKnown)
{
    private readonly HashSet<string> _used = [];
    private readonly ReferenceInsertion _insertion = new(problems, files, datasets, userData);
    private readonly Dictionary<int, Handler> _handlers = [];

    /// <param name="Rules">As the handler has them: those of a job whose scripts name none of its files.</param>
    private sealed record Handler(string What, IReadOnlyList<(FailureRule Rule, SpecPath Path, TextSpan At)> Sources, IReadOnlyList<FailureRule> Rules, bool HasReferences);

    public void Bind()
    {
        var handlers = Declared("failure_handlers", "failure handler");
        var schedulers = Declared("slurm_schedulers", "scheduler");
        foreach (var job in jobs.Values)
        {
            problems.IsInCopies = !job.Template.Parameters.IsSingle;
            if (Resolve(job, job.Template.FailureHandler, handlers, DiagnosticCodes.UnknownFailureHandler, "failure handler", "failure_handlers") is { } handler)
            {
                job.FailureRules = RulesFor(job, HandlerAt(handlers, handler));
            }

            Resolve(job, job.Template.Scheduler, schedulers, DiagnosticCodes.UnknownScheduler, "scheduler", "slurm_schedulers");
        }

        problems.IsInCopies = false;
        CheckActions(schedulers);
        CheckDefaults();
        if (areAllKnown)
        {
            WarnOfUnused(handlers, "failure handler");
            WarnOfUnused(schedulers, "scheduler");
        }
    }

    private DeclaredThings<SpecObject> Declared(string key, string kind)
    {
        var things = new DeclaredThings<SpecObject>(kind);
        foreach (var source in Objects(key, kind))
        {
            // A name of another kind was told where the shape was checked.
            if (source.Find("name") is SpecNode.Scalar { Kind: ScalarKind.Text } name)
            {
                things.Add(source, SpecNames.Check(problems, source.Path["name"], name.At, name.Text), source);
            }
        }

        return things;
    }

    // Whatever is no list of objects was told where its shape was checked.
    private IEnumerable<SpecObject> Objects(string key, string kind)
    {
        if (workflow.Find(key) is SpecNode.Sequence list)
        {
            for (int index = 0; index < list.Items.Count; index++)
            {
                if (list.Items[index] is SpecNode.Mapping item)
                {
                    yield return new SpecObject(problems, item, workflow.Path[key][index], kind);
                }
            }
        }
    }

    private int? Resolve(JobDraft job, TextTemplate? reference, DeclaredThings<SpecObject> known, string code, string kind, string key) =>
        reference is null ? null : Resolve(reference.Fill(job.Copy(0)), reference.At, reference.Path, $"{job.What} names {kind}", known, code, key);

    // The position among those that are declared; null, and a problem, if it is not there.
    private int? Resolve(string name, TextSpan at, SpecPath path, string what, DeclaredThings<SpecObject> known, string code, string key)
    {
        string composed = Composition.Compose(name);
        if (known.Find(composed) is { } position)
        {
            _used.Add($"{key} {composed}");
            return position;
        }

        problems.Error(
            code, path.ToString(), at, $"{what} {Quoting.Quote(name)}, which is not declared", suggestions.Help(name, known.Names) ?? $"add it to {key}");
        return null;
    }

    private Handler HandlerAt(DeclaredThings<SpecObject> handlers, int position)
    {
        if (!_handlers.TryGetValue(position, out var handler))
        {
            var sources = FailureRules.Read(handlers[position]);
            bool hasReferences = sources.Any(source => source.Rule.RecoveryScript is { } script && CommandReference.FindAll(script).Any());
            _handlers[position] = handler = new Handler(
                $"failure handler {Quoting.Quote(handlers.NameOf(position).Text)}", sources, [.. sources.Select(source => source.Rule)], hasReferences);
        }

        return handler;
    }

    private IReadOnlyList<FailureRule> RulesFor(JobDraft job, Handler handler) => !handler.HasReferences
        ? handler.Rules
        : [.. handler.Sources.Select(source => source.Rule.RecoveryScript is not { } script ? source.Rule : source.Rule with
        {
            RecoveryScript = _insertion.Insert(
                script, source.Path, source.At, $"recovery_script of {handler.What}", $"recovery_script of {handler.What}, with the paths of {job.What},",
                (reference, at) => Find(job, handler, reference, at, source.Path)),
        })];

    // A script mends what its job has: it does not make the job need more.
    private int? Find(JobDraft job, Handler handler, CommandReference reference, TextSpan at, SpecPath path)
    {
        string name = Composition.Compose(reference.Name);
        var (kind, position) = reference.Kind switch
        {
            "files" => ("file", files.Find(name)),
            "datasets" => ("dataset", datasets.Find(name)),
            _ => ("user data", userData.Find(name)),
        };
        if (position is { } known && job.ReferencesTo(reference).Contains(known))
        {
            return known;
        }

        if (areFilesKnown)
        {
            string verb = reference.Direction is "input" ? "need" : "produce";
            problems.Error(
                DiagnosticCodes.BadReference, path.ToString(), at,
                $"recovery_script of {handler.What} names {kind} {Quoting.Quote(reference.Name)}, which {job.What} does not {verb}",
                $"add it to {reference.Direction}_{reference.Kind} of the job, or give the job a failure handler of its own");
        }

        return null;
    }

    private void CheckActions(DeclaredThings<SpecObject> schedulers)
    {
        foreach (var action in Objects("actions", "the action"))
        {
            if (action.Find("scheduler") is SpecNode.Scalar { Kind: ScalarKind.Text } name && action.Find("scheduler_type") is null or SpecNode.Scalar { Text: "slurm" })
            {
                Resolve(name.Text, name.At, action.Path["scheduler"], "the action names scheduler", schedulers, DiagnosticCodes.UnknownScheduler, "slurm_schedulers");
            }
        }
    }

    private void CheckDefaults()
    {
        if (workflow.Find("slurm_defaults") is not SpecNode.Mapping defaults)
        {
            return;
        }

        foreach (var entry in defaults.Entries)
        {
            if (entry.Key.ToLowerInvariant() is "partition" or "nodes" or "walltime" or "time" or "mem" or "gres" or "name" or "job-name")
            {
                problems.Error(
                    DiagnosticCodes.BadValue, workflow.Path["slurm_defaults"][entry.Key].ToString(), entry.KeyAt,
                    $"slurm_defaults must not have {Quoting.Quote(entry.Key)}: each scheduler has its own", "write it in slurm_schedulers");
            }
        }
    }

    private void WarnOfUnused(DeclaredThings<SpecObject> things, string kind)
    {
        string key = kind is "scheduler" ? "slurm_schedulers" : "failure_handlers";
        for (int position = 0; position < things.Count; position++)
        {
            var name = things.NameOf(position);
            if (!_used.Contains($"{key} {name.Text}"))
            {
                problems.Add(DiagnosticCodes.Unused, Severity.Warning, things.PathOf(position)["name"].ToString(), name.At, $"nothing uses the {kind} {Quoting.Quote(name.Text)}", help: null);
            }
        }
    }
}
