namespace Torc.Web.Data;

/// <summary>What was in a file of a workflow while it had an identity.</summary>
internal sealed class ContentRow
{
    public long WorkflowId { get; set; }

    public required string Path { get; set; }

    public required string Identity { get; set; }

    public required string Digest { get; set; }

    public DateTimeOffset ReadAt { get; set; }
}
