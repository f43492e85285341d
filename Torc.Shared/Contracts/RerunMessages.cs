using Torc.Shared.Jobs;
using Torc.Shared.Placement;
using Torc.Shared.Reruns;
using Torc.Shared.Specs.Editing;

namespace Torc.Shared.Contracts;

/// <summary>Asks what would run again, or that it does.</summary>
/// <param name="Jobs">The names of the selected jobs; of meaning only where the scope is about them.</param>
/// <param name="EarlyCutoff">Keeps a job whose inputs turn out to be as they were; null as the workflow says.</param>
/// <param name="StopRunning">Ends what runs of the jobs that are to run again, instead of waiting for its end.</param>
/// <param name="Set">What jobs are to ask for from now on; it becomes a new version of the spec as the run starts.</param>
/// <param name="PlanId">The plan that was seen: nothing is started if it would be another one by now. Null runs whatever the plan is.</param>
/// <param name="Select">More selected jobs, such as <c>status:failed+ -work*</c>; null for none.</param>
public sealed record RerunRequest(
    RerunScope Scope, IReadOnlyList<string>? Jobs = null, bool? EarlyCutoff = null, bool StopRunning = false, string? PlanId = null,
    IReadOnlyList<RequirementsChange>? Set = null, string? Select = null);

/// <summary>What a job is to ask for, as people write it.</summary>
/// <param name="Job">Its name.</param>
/// <param name="Memory">Such as <c>450m</c>; null leaves it as it is.</param>
/// <param name="Runtime">Such as <c>1h30m</c>; null leaves it as it is.</param>
/// <param name="Cpus">At least 1; null leaves them as they are.</param>
public sealed record RequirementsChange(string Job, string? Memory = null, string? Runtime = null, int? Cpus = null);

/// <summary>How a rerun changes the spec.</summary>
/// <param name="Version">The number that the spec gets.</param>
/// <param name="Lines">Those that it loses and gains.</param>
/// <param name="AlsoChanged">Jobs that nobody named and that ask for the same from then on, since they come from the same entry of the spec.</param>
/// <param name="Warnings">What no node that is known could run.</param>
/// <param name="Refusal">Why the spec cannot be changed so, and nothing can be started; null if it can.</param>
public sealed record SpecEditView(
    int Version, IReadOnlyList<SpecLine> Lines, IReadOnlyList<string> AlsoChanged, IReadOnlyList<string> Warnings, string? Refusal = null);

/// <summary>What a rerun would do.</summary>
/// <param name="Id">Equal plans have equal ids.</param>
/// <param name="Run">The number that the run would have.</param>
/// <param name="Jobs">All jobs, in the order of the spec.</param>
/// <param name="Warnings">What could not be looked at.</param>
/// <param name="Spec">How the spec changes; null if nobody asked for that.</param>
public sealed record RerunPlanView(
    string Id,
    WorkflowId Workflow,
    string Name,
    int Run,
    RerunScope Scope,
    bool EarlyCutoff,
    DateTimeOffset ComputedAt,
    IReadOnlyList<PlannedJobView> Jobs,
    IReadOnlyList<string> Warnings,
    SpecEditView? Spec = null);

/// <param name="Reasons">At least one; the first is the one to show.</param>
/// <param name="LastTookS">How long its newest attempt that ended well took, in seconds; null if there is none.</param>
/// <param name="Needs">What it asks for when it runs, with the changes that were asked for.</param>
/// <param name="Writes">The names of the files that it writes.</param>
/// <param name="Was">What it asks for now; null if that stays.</param>
/// <param name="Suggested">What it should ask for, since it had too little; null if nothing speaks for more.</param>
public sealed record PlannedJobView(
    JobId Id,
    string Name,
    PlannedAction Action,
    IReadOnlyList<RerunReason> Reasons,
    double? LastTookS,
    ResourceRequirements Needs,
    IReadOnlyList<string> Writes,
    ResourceRequirements? Was = null,
    ResourceRequirements? Suggested = null);
