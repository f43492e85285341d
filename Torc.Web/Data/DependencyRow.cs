namespace Torc.Web.Data;

/// <summary>One job of a workflow waits for another; both by position.</summary>
internal sealed class DependencyRow
{
    public long WorkflowId { get; set; }

    public int Job { get; set; }

    public int Blocker { get; set; }
}
