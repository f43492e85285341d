using System.Globalization;
using Torc.Shared.Jobs;
using Torc.Shared.Placement;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Parameters;
using Torc.Shared.Specs.Schema;
using Torc.Shared.Texts;

namespace Torc.Shared.Specs;

/// <summary>Reads the jobs of a spec, with the copies that parameters make of them.</summary>
internal sealed class JobBinder(
    SpecProblems problems,
    Suggestions suggestions,
    ParameterBinder parameters,
    DeclaredThings<ResourceRequirements> requirements,
    DeclaredThings<JobDraft> jobs)
{
    /// <summary>What the workflow adds to the environment of every job.</summary>
    public IReadOnlyDictionary<string, string> WorkflowEnv { get; private set; } = new Dictionary<string, string>();

    /// <summary>What happens to jobs that do not say it themselves.</summary>
    public OnLost OnLost { get; private set; }

    /// <returns>False if some entry's copies could not be made, so that their names are not known.</returns>
    public bool Bind(SpecObject workflow, IEnumerable<SpecObject> entries)
    {
        WorkflowEnv = EnvTemplate.Read(workflow, ParameterSpace.Single).Fill([], WorkflowEnv);
        OnLost = JobTemplate.ReadOnLost(workflow, suggestions) ?? OnLost.Hold;
        workflow.Require("jobs");
        bool areAllKnown = true;
        foreach (var source in entries)
        {
            source.CheckKeys(SpecSchema.Job, suggestions);
            var space = parameters.Bind(source);
            var template = new JobTemplate(source, space ?? ParameterSpace.Single, suggestions, OnLost);
            areAllKnown &= space is not null && TryMakeCopies(template);
        }

        return areAllKnown;
    }

    private bool TryMakeCopies(JobTemplate template)
    {
        var source = template.Source;
        if (jobs.Count + template.Parameters.Count > SpecLimits.Jobs)
        {
            if (problems.IsFirst(DiagnosticCodes.Limit, "jobs"))
            {
                problems.Error(
                    DiagnosticCodes.Limit, source.Path.ToString(), source.At,
                    $"with {source.What} there are more than {SpecLimits.Jobs.ToString("N0", CultureInfo.InvariantCulture)} jobs");
            }

            return false;
        }

        var names = new CopyNames(problems, source);
        problems.IsInCopies = !template.Parameters.IsSingle;
        for (long copy = 0; copy < template.Parameters.Count; copy++)
        {
            var values = template.Parameters.Combination(copy);
            SpecName? name = template.Name is { } given ? SpecNames.Check(problems, given.Path, given.At, given.Fill(values)) : null;
            if (name is { } known && jobs.Find(known.Text) is { } existing && jobs[existing].Template == template)
            {
                Unite(names, existing, values, known);
                continue;
            }

            jobs.Add(Draft(template, values, name?.Text ?? ""), name, source, new Combination(template.Parameters, values));
        }

        problems.IsInCopies = false;
        return true;
    }

    private JobDraft Draft(JobTemplate template, ParameterValue[] values, string name)
    {
        var job = new JobDraft(template, values, name) { Env = template.Env.Fill(values, WorkflowEnv) };
        job.Command = Command(template.Command, "command", values) ?? "";
        job.InvocationScript = Command(template.InvocationScript, "invocation_script", values);
        if (template.RequirementsName is { } needs)
        {
            BindNeeds(job, needs, needs.Fill(values));
        }
        else
        {
            job.Needs = template.OwnRequirements ?? ResourceRequirements.Default;
        }

        BindPlace(job, template.Label?.Fill(values), template.Scheduler?.Fill(values));
        return job;

        string? Command(TextTemplate? command, string key, ParameterValue[] values)
        {
            string? text = command?.Fill(values);
            if (text is not null)
            {
                TextRules.CheckCommand(problems, command!.Path, command.At, $"{key} of {template.Source.What}", text);
            }

            return text;
        }
    }

    private void BindNeeds(JobDraft job, TextTemplate needs, string name)
    {
        if (requirements.Find(Composition.Compose(name)) is { } known)
        {
            job.Needs = requirements[known];
            job.RequirementsName = requirements.NameOf(known).Text;
            return;
        }

        problems.Error(
            DiagnosticCodes.UnknownRequirements, needs.Path.ToString(), needs.At,
            $"{job.What} needs resource requirements {Quoting.Quote(name)}, which are not declared",
            suggestions.Help(name, requirements.Names) ?? "add them to resource_requirements");
    }

    // Where a job may run is written beside what it needs there, and is one question with it for whoever places it.
    private static void BindPlace(JobDraft job, string? label, string? scheduler)
    {
        if (!string.IsNullOrEmpty(label) || !string.IsNullOrEmpty(scheduler))
        {
            job.Needs = job.Needs with { Label = string.IsNullOrEmpty(label) ? null : label, Scheduler = string.IsNullOrEmpty(scheduler) ? null : scheduler };
        }
    }

    private void Unite(CopyNames names, int existing, ParameterValue[] values, SpecName name)
    {
        var job = jobs[existing];
        var space = job.Template.Parameters;
        string first = space.Describe(job.Copy(0));
        string second = space.Describe(values);
        if (!names.IsNew(existing, job.Copy(0), values, second, name))
        {
            return;
        }

        foreach (var (key, template) in job.Template.Alike())
        {
            if (template.HasHoles && template.Fill(job.Copy(0)) is var before && template.Fill(values) is var after && !string.Equals(before, after, StringComparison.Ordinal))
            {
                names.RefuseDifference(key, template.At, name, (first, before), (second, after));
                return;
            }
        }

        job.Unite(values);
    }
}
