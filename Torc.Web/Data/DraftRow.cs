namespace Torc.Web.Data;

/// <summary>A spec that somebody is writing.</summary>
internal sealed class DraftRow
{
    public long Id { get; set; }

    public required string UserName { get; set; }

    /// <summary>Null for a workflow that is not there yet.</summary>
    public long? WorkflowId { get; set; }

    /// <summary>The <see cref="SpecRow"/> that it began with.</summary>
    public int? BaseVersion { get; set; }

    /// <summary>Where the jobs are to run; null leaves it to the server.</summary>
    public string? Directory { get; set; }

    public required string FileName { get; set; }

    /// <summary>What lists call it, so that they need not read its text.</summary>
    public required string Name { get; set; }

    public bool IsSaved { get; set; }

    public required string Text { get; set; }

    /// <summary>The steps that made the text what it is, as JSON.</summary>
    public required string History { get; set; }

    /// <summary>Where nodes were put, as JSON.</summary>
    public required string Places { get; set; }

    public DateTimeOffset ChangedAt { get; set; }
}
