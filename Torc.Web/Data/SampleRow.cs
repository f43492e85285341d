namespace Torc.Web.Data;

/// <summary>A point of an attempt's series that has not been packed yet; see <see cref="SampleChunkRow"/>.</summary>
internal sealed class SampleRow : PointRow
{
    public long JobId { get; set; }

    public int Attempt { get; set; }
}
