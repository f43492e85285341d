using Torc.Shared.Jobs;

namespace Torc.Web.Workflows;

/// <summary>How many jobs of a workflow failed in the same way.</summary>
/// <param name="Outcome">Without its words.</param>
/// <param name="Job">The name of the first of them.</param>
public sealed record FailureCount(WorkflowId Workflow, Outcome Outcome, int Count, string Job);
