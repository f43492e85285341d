using Torc.Shared.Jobs;

namespace Torc.Web.Data;

internal sealed class AttemptRow
{
    public long JobId { get; set; }

    public int Number { get; set; }

    public long WorkflowId { get; set; }

    public int Run { get; set; }

    public long NodeId { get; set; }

    public DateTimeOffset AssignedAt { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Null while the attempt is open.</summary>
    public OutcomeKind? Outcome { get; set; }

    public int? ExitCode { get; set; }

    public string? Detail { get; set; }

    public TimeSpan? CpuTime { get; set; }

    public long? PeakMemoryBytes { get; set; }
}
