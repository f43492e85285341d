using Torc.Shared.Jobs;
using Torc.Shared.Placement;
using Torc.Shared.Reruns;

namespace Torc.Shared.Contracts;

/// <summary>Asks what would run again, or that it does.</summary>
/// <param name="Jobs">The names of the selected jobs, or patterns such as <c>work*</c>; of meaning only where the scope is about them.</param>
/// <param name="EarlyCutoff">Keeps a job whose inputs turn out to be as they were; null as the workflow says.</param>
/// <param name="StopRunning">Ends what runs of the jobs that are to run again, instead of waiting for its end.</param>
/// <param name="PlanId">The plan that was seen: nothing is started if it would be another one by now. Null runs whatever the plan is.</param>
public sealed record RerunRequest(
    RerunScope Scope, IReadOnlyList<string>? Jobs = null, bool? EarlyCutoff = null, bool StopRunning = false, string? PlanId = null);

/// <summary>What a rerun would do.</summary>
/// <param name="Id">Equal plans have equal ids.</param>
/// <param name="Run">The number that the run would have.</param>
/// <param name="Jobs">All jobs, in the order of the spec.</param>
/// <param name="Warnings">What could not be looked at.</param>
public sealed record RerunPlanView(
    string Id,
    WorkflowId Workflow,
    string Name,
    int Run,
    RerunScope Scope,
    bool EarlyCutoff,
    DateTimeOffset ComputedAt,
    IReadOnlyList<PlannedJobView> Jobs,
    IReadOnlyList<string> Warnings);

/// <param name="Reasons">At least one; the first is the one to show.</param>
/// <param name="LastTookS">How long its newest attempt that ended well took, in seconds; null if there is none.</param>
/// <param name="Writes">The names of the files that it writes.</param>
public sealed record PlannedJobView(
    JobId Id, string Name, PlannedAction Action, IReadOnlyList<RerunReason> Reasons, double? LastTookS, ResourceRequirements Needs, IReadOnlyList<string> Writes);
