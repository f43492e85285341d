using Torc.Shared.Jobs;
using Torc.Shared.Workflows;

namespace Torc.Web.Engine;

/// <summary>A workflow to be stored for the first time.</summary>
internal sealed record NewWorkflow(WorkflowHead Head, WorkflowDefinition Definition, JobId FirstJob, SpecSource Spec);
