using System.Text.Json;
using System.Text.Json.Serialization;
using Torc.Shared.Jobs;
using Torc.Shared.Metrics;
using Torc.Shared.Placement;
using Torc.Shared.Quantities;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Workflows;

namespace Torc.Shared.Contracts;

/// <summary>A workflow as lists, pages and programs see it.</summary>
/// <param name="Counts">How many jobs have each status; statuses without any are left out.</param>
/// <param name="WorkingDirectory">Where its jobs run, absolute.</param>
/// <param name="SpecVersion">Of the spec that it is made from, from 1. Another one may have other jobs.</param>
/// <param name="Warnings">What its spec was warned of, in the answer that it was created; null in all others, and if there is nothing.</param>
/// <param name="ArchivedAt">When it was put away: it is not listed with the others, and no run of it starts. Null if it is not.</param>
/// <param name="Unknown">How many of <paramref name="Counts"/> are on nodes that are not heard, so that nobody knows whether they still run; null if there are none, and in the answer to a change.</param>
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
    int SpecVersion,
    IReadOnlyList<Diagnostic>? Warnings = null,
    DateTimeOffset? ArchivedAt = null,
    IReadOnlyDictionary<JobStatus, int>? Unknown = null)
{
    /// <summary>Whether this is to be shown in place of what was shown. A node that falls silent, or is heard again, changes no version.</summary>
    public bool Replaces(WorkflowView shown) => Version > shown.Version || (Version == shown.Version && !IsSame(Unknown, shown.Unknown));

    private static bool IsSame(IReadOnlyDictionary<JobStatus, int>? one, IReadOnlyDictionary<JobStatus, int>? other) =>
        one is null || other is null ? one == other : one.Count == other.Count && one.All(count => other.GetValueOrDefault(count.Key) == count.Value);
}

/// <summary>A job as lists, pages and programs see it, with its newest attempt.</summary>
/// <param name="Position">Its place in the spec, from 0.</param>
/// <param name="Reason">Why it stands where it stands, in a sentence; null when the status says it all.</param>
/// <param name="Node">Where the newest attempt runs or ran.</param>
/// <param name="Trigger">Of an action of the spec; null for a job that the user wrote.</param>
/// <param name="UnknownSince">Since when its node is not heard, so that nobody knows whether it still runs; null if that is heard.</param>
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
    [property: JsonPropertyName("cpu_time_s")] TimeSpan? CpuTime,
    long Version,
    ActionTrigger? Trigger = null,
    DateTimeOffset? UnknownSince = null)
{
    /// <summary>Whether this is to be shown in place of what was shown. A node that falls silent, or is heard again, changes no version.</summary>
    /// <param name="unknownSince">As it was shown, like <paramref name="version"/>.</param>
    public bool Replaces(long version, DateTimeOffset? unknownSince) => Version > version || (Version == version && UnknownSince != unknownSince);

    /// <summary>The status as tables say it, which is <see cref="JobStatusWords.Unknown"/> where nobody knows any more whether the job still runs.</summary>
    public string StatusWord() => UnknownSince is null ? JobStatusWords.Of(Status) : JobStatusWords.Unknown;
}

/// <param name="Jobs">All jobs in the first update, afterwards those that changed.</param>
public sealed record WorkflowUpdate(WorkflowView Workflow, IReadOnlyList<JobView> Jobs);

/// <summary>Something that a job, a person or Torc itself posted, kept for analysis.</summary>
/// <param name="Number">Counts the events of one workflow, from 1 and without gaps.</param>
/// <param name="Type">Free text, such as <c>checkpoint</c>; what Torc posts begins with <c>torc.</c></param>
/// <param name="Data">Any JSON value; null for none.</param>
/// <param name="Run">The run of the workflow; 0 before the first.</param>
/// <param name="Node">Where the attempt runs or ran.</param>
/// <param name="Id">Counts the events of all workflows in the order in which they were stored.</param>
/// <param name="WorkflowName">Null where only one workflow was asked for.</param>
public sealed record EventView(
    long Number,
    DateTimeOffset At,
    string Type,
    JsonElement? Data,
    WorkflowId Workflow,
    int Run,
    JobId? Job = null,
    string? JobName = null,
    int? Attempt = null,
    string? Node = null,
    long Id = 0,
    string? WorkflowName = null);

/// <param name="Value">Any JSON value; null if nothing is stored, or null is.</param>
/// <param name="IsStored">Whether there is a value.</param>
/// <param name="StoredAt">When it was stored last; null if it is the spec's own value or none, as are the next.</param>
/// <param name="Job">The name of the job that stored it; null if somebody from outside did.</param>
public sealed record UserDataView(
    string Name, JsonElement? Value, bool IsStored, bool IsEphemeral, DateTimeOffset? StoredAt = null, int? Run = null, string? Job = null, int? Attempt = null);

/// <summary>The last value that one attempt gave a user data, or somebody from outside in one run.</summary>
/// <param name="Job">Null for somebody from outside, as is <paramref name="Attempt"/>.</param>
/// <param name="Value">Any JSON value.</param>
/// <param name="IsStored">False if the value was taken away, as those of ephemeral ones are at the start of a run.</param>
public sealed record UserDataValueView(int Run, string? Job, int? Attempt, DateTimeOffset At, JsonElement? Value, bool IsStored);

/// <param name="Outcome">Null while the attempt is open.</param>
/// <param name="Summary">Null while it is open, and if it was over before it could be measured twice.</param>
public sealed record AttemptView(
    int Number,
    int Run,
    string? Node,
    DateTimeOffset AssignedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    Outcome? Outcome,
    MemorySize? PeakMemory,
    [property: JsonPropertyName("cpu_time_s")] TimeSpan? CpuTime,
    UsageSummary? Summary = null);

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

/// <summary>When the attempts of one run were sent, started and ended.</summary>
/// <param name="Run">Its number; 0 before the first.</param>
/// <param name="StartedAt">Of the run; null before the first.</param>
/// <param name="EndedAt">Of the run; null while it goes on.</param>
/// <param name="Total">How many attempts the run has.</param>
/// <param name="Attempts">In the order in which they were sent; the last 2,000 if there are more.</param>
public sealed record TimelineView(int Run, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, int Total, IReadOnlyList<TimelineAttempt> Attempts);

/// <param name="Outcome">Null while the attempt is open.</param>
/// <param name="ExitCode">Null while it is open, and if it never ran.</param>
/// <param name="Group">What the names of jobs like it have in common; of a job that is like no other, its name.</param>
/// <param name="Usual">The median of what the job took in earlier runs, the last 20 of them, where it completed; null if it never did.</param>
public sealed record TimelineAttempt(
    JobId Job,
    string Name,
    string Group,
    int Number,
    string Node,
    DateTimeOffset AssignedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    OutcomeKind? Outcome,
    int? ExitCode,
    [property: JsonPropertyName("usual_s")] TimeSpan? Usual = null);
