using Torc.Shared.Placement;
using Torc.Shared.Workflows;

namespace Torc.Web.Data;

/// <summary>A workflow as it is stored. Only stores and queries see rows; everyone else sees domain values or views.</summary>
internal sealed class WorkflowRow
{
    public long Id { get; set; }

    public required string Name { get; set; }

    public string? Project { get; set; }

    public string? UserName { get; set; }

    public string? Description { get; set; }

    public WorkflowStatus Status { get; set; }

    public int Run { get; set; }

    /// <summary>The number of the newest <see cref="SpecRow"/>.</summary>
    public int SpecVersion { get; set; }

    /// <summary>Whether a rerun keeps a job whose inputs turn out to be as they were, unless it is told otherwise.</summary>
    public bool EarlyCutoff { get; set; }

    /// <summary>Whether a job that failed waits for somebody to decide what that means.</summary>
    public bool UsePendingFailed { get; set; }

    public Recovery Recovery { get; set; }

    public SortMethod SortMethod { get; set; }

    public required string WorkingDirectory { get; set; }

    /// <summary>Null keeps no time series.</summary>
    public int? SampleEverySeconds { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Null if it was not put away.</summary>
    public DateTimeOffset? ArchivedAt { get; set; }

    public long Version { get; set; }
}
