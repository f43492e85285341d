using Torc.Shared.Reruns;
using Torc.Shared.Workflows;

namespace Torc.Web.Data;

/// <summary>One pass over a workflow.</summary>
internal sealed class RunRow
{
    public long WorkflowId { get; set; }

    /// <summary>From 1.</summary>
    public int Number { get; set; }

    /// <summary>What was asked to run again; null for the first run.</summary>
    public RerunScope? Scope { get; set; }

    /// <summary>Who started it.</summary>
    public required string StartedBy { get; set; }

    public DateTimeOffset StartedAt { get; set; }

    /// <summary>Null while it goes on, or if a later run took its place.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>How it ended; running while it goes on.</summary>
    public WorkflowStatus Status { get; set; }

    public int SpecVersion { get; set; }

    /// <summary>How many jobs were to run.</summary>
    public int Jobs { get; set; }
}
