namespace Torc.Web.Data;

internal sealed class EventRow
{
    /// <summary>Counts the events of all workflows as they are stored; with gaps where some were deleted.</summary>
    public long Id { get; set; }

    public long WorkflowId { get; set; }

    /// <summary>Counts the events of its workflow, from 1 and without gaps.</summary>
    public long Number { get; set; }

    public DateTimeOffset At { get; set; }

    /// <summary>The run of the workflow in which it happened; 0 before the first.</summary>
    public int Run { get; set; }

    public required string Type { get; set; }

    /// <summary>JSON text.</summary>
    public required string Data { get; set; }

    public long? JobId { get; set; }

    public int? Attempt { get; set; }

    public long? NodeId { get; set; }

    /// <summary>Made by whoever posted it, unique in the workflow; null if it could be posted but once.</summary>
    public string? PostKey { get; set; }
}
