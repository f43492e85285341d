using Torc.Shared.Placement;
using Torc.Shared.Workflows;

namespace Torc.Shared.Specs;

/// <summary>What a document says, and where it says so.</summary>
/// <param name="Graph">The workflow and its numbers; null if it cannot be said which jobs there are and what they wait for.</param>
/// <param name="AreFilesKnown">Whether it can be said which files jobs need and produce.</param>
internal sealed record BoundWorkflow(
    (WorkflowDefinition Definition, SpecCounts Counts)? Graph,
    DeclaredThings<FileDefinition> Files,
    DeclaredThings<DatasetDefinition> Datasets,
    DeclaredThings<UserDataDefinition> UserData,
    DeclaredThings<JobDraft> Jobs,
    DeclaredThings<ResourceRequirements> Requirements,
    bool AreFilesKnown);
