using Torc.Shared.Jobs;

namespace Torc.Web.Engine;

/// <summary>A workflow that is not there any more.</summary>
public sealed record DeletedWorkflow(WorkflowId Id, string Name, string By, DateTimeOffset At);
