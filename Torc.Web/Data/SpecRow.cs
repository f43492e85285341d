namespace Torc.Web.Data;

/// <summary>The text that a workflow was made from, as its author wrote it.</summary>
internal sealed class SpecRow
{
    public long WorkflowId { get; set; }

    /// <summary>1 for the text that the workflow was created with.</summary>
    public int Number { get; set; }

    public required string FileName { get; set; }

    public required string Text { get; set; }
}
