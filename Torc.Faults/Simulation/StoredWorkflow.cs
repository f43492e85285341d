using Torc.Shared.Jobs;
using Torc.Shared.Workflows;
using Torc.Web.Engine;

namespace Torc.Faults.Simulation;

/// <summary>A workflow as it was committed.</summary>
internal sealed class StoredWorkflow(NewWorkflow created)
{
    public WorkflowId Id { get; } = created.Head.Id;

    public WorkflowHead Head { get; set; } = created.Head;

    public WorkflowDefinition Definition { get; set; } = created.Definition;

    public WorkflowStatus Status { get; set; } = WorkflowStatus.Uninitialized;

    public int Run { get; set; }

    public long Version { get; set; }

    /// <summary>In the order of the definition.</summary>
    public JobState[] Jobs { get; set; } =
        [.. Enumerable.Range(0, created.Definition.Jobs.Count).Select(position => new JobState(new JobId(created.FirstJob.Value + position), JobStatus.Uninitialized))];
}
