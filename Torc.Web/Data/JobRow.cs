using Torc.Shared.Jobs;
using Torc.Shared.Workflows;

namespace Torc.Web.Data;

internal sealed class JobRow
{
    public long Id { get; set; }

    public long WorkflowId { get; set; }

    /// <summary>Its place in the spec, from 0.</summary>
    public int Position { get; set; }

    public required string Name { get; set; }

    public required string Command { get; set; }

    public string? InvocationScript { get; set; }

    /// <summary>The position of its <see cref="RequirementsRow"/>.</summary>
    public int Requirements { get; set; }

    public int Priority { get; set; }

    public bool CancelOnBlockingJobFailure { get; set; }

    public OnLost OnLost { get; set; }

    /// <summary>A JSON object of strings; null for none.</summary>
    public string? Env { get; set; }

    public JobStatus Status { get; set; }

    public int Attempt { get; set; }

    public long? NodeId { get; set; }

    public long? FailedBlockerId { get; set; }

    public string? StopReason { get; set; }

    public int Losses { get; set; }

    public bool Again { get; set; }

    public Reuse Reuse { get; set; }

    /// <summary>The rules of its failure handler, as JSON; null for none.</summary>
    public string? FailureRules { get; set; }

    /// <summary>Of an action that became a job; null for a job that the user wrote.</summary>
    public ActionTrigger? ActionTrigger { get; set; }

    /// <summary>The name of the entry that it is a copy of, as the spec has it; null for none.</summary>
    public string? Template { get; set; }

    /// <summary>The values that made this copy, as <see cref="JobParameters"/> writes them; null for none.</summary>
    public string? Parameters { get; set; }

    public int Retries { get; set; }

    public int Raises { get; set; }

    public long RaisedMemoryBytes { get; set; }

    public TimeSpan RaisedRuntime { get; set; }

    /// <summary>The newest retry of this run, as JSON; null for none.</summary>
    public string? Retry { get; set; }

    /// <summary>The version of the spec that has it no more; null while it is part of the workflow.</summary>
    public int? RemovedIn { get; set; }

    public long Version { get; set; }
}
