namespace Torc.Web.Data;

/// <summary>A request that is known again by its key for a day.</summary>
internal sealed class RequestRow
{
    /// <summary>The longest key, in characters.</summary>
    public const int MaxKeyLength = 255;

    public required string RequestKey { get; set; }

    public required string Fingerprint { get; set; }

    public long WorkflowId { get; set; }

    public DateTimeOffset At { get; set; }
}
