namespace Torc.Web.Data;

internal sealed class UserDataRow
{
    public long WorkflowId { get; set; }

    public int Position { get; set; }

    public required string Name { get; set; }

    /// <summary>JSON text; null as long as nothing was stored.</summary>
    public string? Data { get; set; }

    /// <summary>What the spec says that the value is before anything was stored; JSON text.</summary>
    public string? Initial { get; set; }

    public bool IsEphemeral { get; set; }
}
