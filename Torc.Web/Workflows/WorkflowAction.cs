namespace Torc.Web.Workflows;

/// <summary>What may be done to workflows from their list, and some of it from their pages.</summary>
public enum WorkflowAction
{
    Run,
    Stop,
    RerunFailed,
    RerunAll,
    Archive,
    Unarchive,
    Delete,
}
