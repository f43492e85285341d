namespace Torc.Web.Data;

/// <summary>Resource requirements that jobs of one workflow share.</summary>
internal sealed class RequirementsRow
{
    public long WorkflowId { get; set; }

    public int Position { get; set; }

    public string? Name { get; set; }

    public int Cpus { get; set; }

    public long MemoryBytes { get; set; }

    public int Gpus { get; set; }

    public int Nodes { get; set; }

    public TimeSpan Runtime { get; set; }

    public string? Label { get; set; }

    public string? Scheduler { get; set; }
}
