using Torc.Shared.Jobs;
using Torc.Shared.Reruns;

namespace Torc.Web.Engine;

/// <summary>A run to be stored.</summary>
/// <param name="Scope">What was asked to run again; null for the first run.</param>
/// <param name="Jobs">How many jobs are to run.</param>
internal sealed record NewRun(WorkflowId Workflow, int Number, RerunScope? Scope, string By, DateTimeOffset At, int SpecVersion, int Jobs);
