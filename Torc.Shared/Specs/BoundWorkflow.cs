using Torc.Shared.Placement;
using Torc.Shared.Workflows;

namespace Torc.Shared.Specs;

/// <summary>What a document says, and where it says so. There may be errors, but none about its graph.</summary>
internal sealed record BoundWorkflow(
    WorkflowDefinition Definition,
    SpecCounts Counts,
    DeclaredThings<FileDefinition> Files,
    DeclaredThings<ResourceRequirements> Requirements,
    DeclaredThings<JobDraft> Jobs);
