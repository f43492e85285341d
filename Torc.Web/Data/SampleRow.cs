namespace Torc.Web.Data;

/// <summary>A point of an attempt's series that has not been packed yet; see <see cref="SampleChunkRow"/>.</summary>
internal sealed class SampleRow
{
    public long JobId { get; set; }

    public int Attempt { get; set; }

    public DateTimeOffset At { get; set; }

    public double CpuPercent { get; set; }

    public long MemoryBytes { get; set; }

    public int Processes { get; set; }

    /// <summary>Bytes a second, as is the next.</summary>
    public long ReadRate { get; set; }

    public long WriteRate { get; set; }

    public double? GpuPercent { get; set; }

    public long? GpuMemoryBytes { get; set; }
}
