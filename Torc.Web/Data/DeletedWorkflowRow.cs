namespace Torc.Web.Data;

/// <summary>What is left of a workflow that was deleted: its numbers, which nothing else may get, and who did it.</summary>
internal sealed class DeletedWorkflowRow
{
    public long WorkflowId { get; set; }

    /// <summary>The greatest id of a job that it ever had; 0 if it had none.</summary>
    public long LastJobId { get; set; }

    public required string Name { get; set; }

    public required string DeletedBy { get; set; }

    public DateTimeOffset DeletedAt { get; set; }
}
