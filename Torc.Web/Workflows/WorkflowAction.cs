namespace Torc.Web.Workflows;

/// <summary>What may be done to workflows from their list.</summary>
public enum WorkflowAction
{
    Run,
    Stop,
    RerunFailed,
    RerunAll,
}
