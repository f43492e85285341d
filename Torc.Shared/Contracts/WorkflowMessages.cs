using Torc.Shared.Jobs;
using Torc.Shared.Placement;
using Torc.Shared.Quantities;
using Torc.Shared.Workflows;

namespace Torc.Shared.Contracts;

/// <summary>A workflow as lists, pages and programs see it.</summary>
/// <param name="Counts">How many jobs have each status; statuses without any are left out.</param>
/// <param name="WorkingDirectory">Where its jobs run, absolute.</param>
/// <param name="SpecVersion">Of the spec that it is made from, from 1. Another one may have other jobs.</param>
public sealed record WorkflowView(
    WorkflowId Id,
    string Name,
    string? Project,
    string? User,
    string? Description,
    WorkflowStatus Status,
    int Run,
    IReadOnlyDictionary<JobStatus, int> Counts,
    string WorkingDirectory,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    long Version,
    int SpecVersion);

/// <summary>A job as lists, pages and programs see it, with its newest attempt.</summary>
/// <param name="Position">Its place in the spec, from 0.</param>
/// <param name="Reason">Why it stands where it stands, in a sentence; null when the status says it all.</param>
/// <param name="Node">Where the newest attempt runs or ran.</param>
/// <param name="Trigger">Of an action of the spec; null for a job that the user wrote.</param>
public sealed record JobView(
    JobId Id,
    int Position,
    string Name,
    JobStatus Status,
    int Attempt,
    string? Reason,
    string? Node,
    Outcome? Outcome,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    MemorySize? PeakMemory,
    TimeSpan? CpuTime,
    long Version,
    ActionTrigger? Trigger = null);

/// <param name="Jobs">All jobs in the first update, afterwards those that changed.</param>
public sealed record WorkflowUpdate(WorkflowView Workflow, IReadOnlyList<JobView> Jobs);

/// <summary>Something that a job or a person posted, kept for analysis.</summary>
/// <param name="Number">Counts the events of one workflow, from 1 and without gaps.</param>
/// <param name="Type">Free text, such as <c>checkpoint</c>.</param>
/// <param name="Data">JSON text.</param>
public sealed record EventView(long Number, DateTimeOffset At, string Type, string Data, JobId? Job, int? Attempt);

/// <param name="Data">JSON text; null as long as nothing was stored.</param>
public sealed record UserDataView(string Name, string? Data, bool IsEphemeral);

/// <summary>One point of a time series.</summary>
public sealed record SampleView(DateTimeOffset At, double CpuPercent, MemorySize Memory);

/// <param name="Outcome">Null while the attempt is open.</param>
public sealed record AttemptView(
    int Number,
    int Run,
    string? Node,
    DateTimeOffset AssignedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    Outcome? Outcome,
    MemorySize? PeakMemory,
    TimeSpan? CpuTime);

/// <param name="Path">Relative to the working directory, or absolute.</param>
public sealed record FileView(string Name, string Path);

/// <summary>All that is known of one job.</summary>
/// <param name="Attempts">Newest first.</param>
public sealed record JobDetails(
    JobView Job,
    WorkflowId Workflow,
    string Command,
    string? RequirementsName,
    ResourceRequirements Needs,
    IReadOnlyList<FileView> InputFiles,
    IReadOnlyList<FileView> OutputFiles,
    IReadOnlyList<AttemptView> Attempts);
