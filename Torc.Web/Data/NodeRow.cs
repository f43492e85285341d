namespace Torc.Web.Data;

internal sealed class NodeRow
{
    public long Id { get; set; }

    /// <summary>What the agent calls itself; made once per spool folder.</summary>
    public required string AgentId { get; set; }

    public required string Name { get; set; }

    public required string AgentVersion { get; set; }

    public int Cpus { get; set; }

    public long MemoryBytes { get; set; }

    public int Gpus { get; set; }

    public int? MaxParallelJobs { get; set; }

    public string? Scheduler { get; set; }

    /// <summary>See <see cref="LabelColumn"/>.</summary>
    public string? Labels { get; set; }

    public int Epoch { get; set; }

    public int Connection { get; set; }

    public DateTimeOffset LastHeardAt { get; set; }
}
