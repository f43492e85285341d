namespace Torc.Web.Workflows;

/// <summary>By what a list of workflows may be in order.</summary>
public enum WorkflowColumn
{
    Id,
    Name,
    Status,
    Project,
    User,
    Run,
    StartedAt,
    Duration,
}
