using Torc.Shared.Placement;
using Torc.Shared.Workflows;

namespace Torc.Shared.Specs;

/// <summary>A job as far as it was read: what it refers to is known by position, what blocks it is not.</summary>
internal sealed class JobDraft(SpecObject source, SpecName? name)
{
    public SpecObject Source => source;

    public string Name => name?.Text ?? "";

    /// <summary>For messages: <c>job "work2"</c>.</summary>
    public string What => source.What;

    public string Command { get; set; } = "";

    public string? InvocationScript { get; set; }

    public ResourceRequirements Needs { get; set; } = ResourceRequirements.Default;

    public string? RequirementsName { get; set; }

    public int Priority { get; set; }

    public bool CancelOnBlockingJobFailure { get; set; } = true;

    public IReadOnlyDictionary<string, string> Env { get; set; } = new Dictionary<string, string>();

    public JobReferences InputFiles { get; } = new();

    public JobReferences OutputFiles { get; } = new();

    public JobReferences InputData { get; } = new();

    public JobReferences OutputData { get; } = new();

    /// <summary>The jobs that the user named as blockers.</summary>
    public JobReferences DependsOn { get; } = new();

    public JobDefinition ToDefinition() => new(
        Name, Command, InvocationScript, Needs, RequirementsName, Priority, CancelOnBlockingJobFailure, Env,
        InputFiles.Positions, OutputFiles.Positions, InputData.Positions, OutputData.Positions);
}
