namespace Torc.Web.Data;

/// <summary>A point of a node's series that has not been packed yet; see <see cref="NodeSampleChunkRow"/>.</summary>
internal sealed class NodeSampleRow : PointRow
{
    public long NodeId { get; set; }
}
