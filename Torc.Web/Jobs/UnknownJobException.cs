using Torc.Shared.Jobs;

namespace Torc.Web.Jobs;

/// <summary>A job was named that the workflow does not have.</summary>
public sealed class UnknownJobException(WorkflowId workflow, string job) : Exception($"Workflow {workflow} has no job \"{job}\".");
