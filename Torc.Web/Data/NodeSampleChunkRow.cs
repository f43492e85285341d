namespace Torc.Web.Data;

/// <summary>Many points of a node's series in few bytes; see <see cref="Torc.Shared.Metrics.UsageSeries"/>.</summary>
internal sealed class NodeSampleChunkRow
{
    public long NodeId { get; set; }

    /// <summary>Of the first point.</summary>
    public DateTimeOffset FirstAt { get; set; }

    public required byte[] Data { get; set; }
}
