using Torc.Shared.Jobs;

namespace Torc.Web.Engine;

/// <summary>Where something comes from that an attempt says.</summary>
internal sealed record AttemptOrigin(AttemptId Attempt, WorkflowId Workflow, int Run, NodeId Node);
