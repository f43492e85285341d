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

    /// <summary>What more was measured of it, as JSON; null while it is open, and if it was over too soon.</summary>
    public string? UsageSummary { get; set; }

    /// <summary>How much it wrote to its logs, as is the next; null while it is open, and if it never ran.</summary>
    public long? StdoutBytes { get; set; }

    public long? StderrBytes { get; set; }

    /// <summary>The node that has still to be asked for what the server keeps of the logs; null if none has.</summary>
    public long? LogsDueOn { get; set; }

    /// <summary>What the job was made of, as JSON.</summary>
    public string? Fingerprint { get; set; }
}
