using Torc.Shared.Metrics;
using Torc.Shared.Quantities;

namespace Torc.Web.Data;

/// <summary>A point of a series that has not been packed yet.</summary>
internal abstract class PointRow
{
    public DateTimeOffset At { get; set; }

    public double CpuPercent { get; set; }

    public long MemoryBytes { get; set; }

    public int Processes { get; set; }

    /// <summary>Bytes a second, as is the next.</summary>
    public long ReadRate { get; set; }

    public long WriteRate { get; set; }

    public double? GpuPercent { get; set; }

    public long? GpuMemoryBytes { get; set; }

    /// <param name="chunks">The older part of the series, oldest first; points that are in both count once.</param>
    public static List<UsagePoint> Series(IReadOnlyList<PointRow> rows, IEnumerable<byte[]> chunks)
    {
        var points = chunks.SelectMany(chunk => UsageSeries.Read(chunk)).ToList();
        var packedUntil = points.Count == 0 ? default : points[^1].At + UsageSeries.TimeGrain;
        points.AddRange(rows.Where(row => row.At > packedUntil).Select(row => row.Point()));
        return points;
    }

    private UsagePoint Point() => new(At, new UsageLevels(
        CpuPercent,
        new MemorySize(MemoryBytes),
        Processes,
        ReadRate,
        WriteRate,
        GpuPercent,
        GpuMemoryBytes is { } bytes ? new MemorySize(bytes) : null));
}
