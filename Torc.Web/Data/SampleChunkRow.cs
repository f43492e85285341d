namespace Torc.Web.Data;

/// <summary>Many points of an attempt's series in few bytes; see <see cref="Torc.Shared.Metrics.UsageSeries"/>.</summary>
internal sealed class SampleChunkRow
{
    public long JobId { get; set; }

    public int Attempt { get; set; }

    /// <summary>Of the first point.</summary>
    public DateTimeOffset FirstAt { get; set; }

    public required byte[] Data { get; set; }
}
