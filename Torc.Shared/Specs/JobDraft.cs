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

    public required string Command { get; set; }

    public required string? InvocationScript { get; set; }

    public ResourceRequirements Needs { get; set; } = ResourceRequirements.Default;

    public string? RequirementsName { get; set; }

    public required int Priority { get; init; }

    public required bool CancelOnBlockingJobFailure { get; init; }

    /// <summary>The workflow's entries too, where the job does not have its own.</summary>
    public required IReadOnlyDictionary<string, string> Env { get; init; }

    public JobReferences InputFiles { get; } = new();

    public JobReferences OutputFiles { get; } = new();

    public JobReferences InputData { get; } = new();

    public JobReferences OutputData { get; } = new();

    /// <summary>The jobs that the user named as blockers.</summary>
    public JobReferences DependsOn { get; } = new();

    public JobDefinition ToDefinition() => new(
        Name, Command, InvocationScript, Needs, RequirementsName, Priority, CancelOnBlockingJobFailure, Env,
        [.. InputFiles.Positions], [.. OutputFiles.Positions], [.. InputData.Positions], [.. OutputData.Positions]);
}
