using Torc.Shared.Placement;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Parameters;
using Torc.Shared.Texts;
using Torc.Shared.Workflows;

namespace Torc.Shared.Specs;

/// <summary>A job as far as it was read: what it refers to is known by position, what blocks it is not.</summary>
internal sealed class JobDraft(JobTemplate template, ParameterValue[] values, string name)
{
    private List<ParameterValue[]>? _united;

    public JobTemplate Template => template;

    public SpecObject Source => template.Source;

    public string Name => name;

    /// <summary>For messages: <c>job "work_7" (i=7)</c>.</summary>
    public string What => values.Length == 0 ? Source.What : $"job {Quoting.Quote(name)} ({template.Parameters.Describe(values)})";

    /// <summary>How many copies of the entry became this job: more than one if they had one name.</summary>
    public int CopyCount => 1 + (_united?.Count ?? 0);

    public string Command { get; set; } = "";

    public string? InvocationScript { get; set; }

    public ResourceRequirements Needs { get; set; } = ResourceRequirements.Default;

    public string? RequirementsName { get; set; }

    /// <summary>Of its failure handler; null if it has none.</summary>
    public IReadOnlyList<FailureRule>? FailureRules { get; set; }

    /// <summary>The workflow's entries too, where the job does not have its own.</summary>
    public required IReadOnlyDictionary<string, string> Env { get; init; }

    public JobReferences InputFiles { get; } = new();

    public JobReferences OutputFiles { get; } = new();

    public JobReferences InputDatasets { get; } = new();

    public JobReferences OutputDatasets { get; } = new();

    public JobReferences InputData { get; } = new();

    public JobReferences OutputData { get; } = new();

    /// <summary>The jobs that the user named as blockers.</summary>
    public JobReferences DependsOn { get; } = new();

    /// <summary>Where a reference of a command belongs.</summary>
    public JobReferences ReferencesTo(CommandReference reference) => (reference.Kind, reference.Direction) switch
    {
        ("files", "input") => InputFiles,
        ("files", _) => OutputFiles,
        ("datasets", "input") => InputDatasets,
        ("datasets", _) => OutputDatasets,
        (_, "input") => InputData,
        _ => OutputData,
    };

    /// <summary>Takes another copy of the same entry and name into this job.</summary>
    public void Unite(ParameterValue[] copy) => (_united ??= []).Add(copy);

    /// <summary>The values of parameters in one of its copies.</summary>
    public ParameterValue[] Copy(int index) => index == 0 ? values : _united![index - 1];

    public JobDefinition ToDefinition() => new(
        Name, Command, InvocationScript, Needs, RequirementsName, template.Priority, template.CancelOnBlockingJobFailure, Env,
        InputFiles.ToList(), OutputFiles.ToList(), InputData.ToList(), OutputData.ToList(), template.OnLost, FailureRules,
        Template: template.Parameters.IsSingle ? null : template.Name?.Text,
        Parameters: template.Parameters.IsSingle ? null : JobParameters.Write(template.Parameters.Named(values)));
}
