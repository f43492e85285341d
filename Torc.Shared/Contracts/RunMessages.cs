using System.Text.Json.Serialization;
using Torc.Shared.Jobs;
using Torc.Shared.Quantities;
using Torc.Shared.Reruns;
using Torc.Shared.Workflows;

namespace Torc.Shared.Contracts;

/// <summary>One pass over a workflow.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Scope">What was asked to run again; null for the first run.</param>
/// <param name="Status">Running while it goes on, or if a later run took its place before its end.</param>
/// <param name="Jobs">How many jobs were to run.</param>
public sealed record RunView(
    int Number, RerunScope? Scope, string StartedBy, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, WorkflowStatus Status, int SpecVersion, int Jobs);

/// <summary>What became of a job in two runs.</summary>
/// <param name="Before">Of the first of them; null if there was no result yet.</param>
/// <param name="After">Of the second. The same attempt as before if the job was kept.</param>
public sealed record JobComparison(JobId Job, string Name, JobRunResult? Before, JobRunResult? After);

/// <summary>The attempt whose result counted in a run.</summary>
/// <param name="Attempt">Its number.</param>
/// <param name="Run">The run in which it was made.</param>
/// <param name="DurationS">Seconds; null if it never ran, or goes on.</param>
public sealed record JobRunResult(int Attempt, int Run, int SpecVersion, Outcome? Outcome, double? DurationS, [property: JsonPropertyName("cpu_time_s")] TimeSpan? CpuTime, MemorySize? PeakMemory, string? Node);
