using Torc.Shared.Jobs;

namespace Torc.Web.Data;

internal sealed class AttemptRow
{
    public long JobId { get; set; }

    public int Number { get; set; }

    public long WorkflowId { get; set; }

    public int Run { get; set; }

    /// <summary>The version of the spec that it was made from.</summary>
    public int SpecVersion { get; set; }

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

    /// <summary>What the job was made of, as JSON.</summary>
    public string? Fingerprint { get; set; }
}
