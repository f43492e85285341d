namespace Torc.Web.Data;

internal sealed class SampleRow
{
    public long JobId { get; set; }

    public int Attempt { get; set; }

    public DateTimeOffset At { get; set; }

    public double CpuPercent { get; set; }

    public long MemoryBytes { get; set; }
}
