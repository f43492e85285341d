namespace Torc.Web.Data;

internal sealed class FileRow
{
    public long WorkflowId { get; set; }

    public int Position { get; set; }

    public required string Name { get; set; }

    public required string Path { get; set; }
}
