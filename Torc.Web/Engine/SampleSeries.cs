using Torc.Shared.Metrics;

namespace Torc.Web.Engine;

/// <summary>A kind of series: where it is stored, and whose it is.</summary>
/// <param name="Rows">The table of points that are not packed yet.</param>
/// <param name="Chunks">The table of those that are.</param>
/// <param name="PointsOfChunk">How many points are packed together.</param>
/// <param name="KeptFor">Older chunks are removed; null if they stay with their owner.</param>
/// <param name="Owner">The columns that name whose points they are, in both tables.</param>
internal sealed record SampleSeries(string Rows, string Chunks, int PointsOfChunk, TimeSpan? KeptFor, params IReadOnlyList<string> Owner)
{
    public static SampleSeries OfAttempts { get; } = new("samples", "sample_chunks", UsageSeries.MostPoints, KeptFor: null, "job_id", "attempt");

    /// <summary>Five minutes of a point each five seconds, for a week.</summary>
    public static SampleSeries OfNodes { get; } = new("node_samples", "node_sample_chunks", 60, TimeSpan.FromDays(7), "node_id");

    // The agent may send a sample again after a lost connection.
    public string Insert { get; } =
        $"""
        INSERT INTO {Rows} ({string.Join(", ", Owner)}, at, cpu_percent, memory_bytes, processes, read_rate, write_rate, gpu_percent, gpu_memory_bytes)
        SELECT {string.Join(", ", Owner.Select(column => $"@{column}"))}, @at, @cpu_percent, @memory_bytes, @processes, @read_rate, @write_rate, @gpu_percent, @gpu_memory_bytes
        WHERE NOT EXISTS (SELECT 1 FROM {Rows} WHERE {Of(Owner, "same_")} AND at = @same_at)
        """;

    public string Select { get; } =
        $"SELECT at, cpu_percent, memory_bytes, processes, read_rate, write_rate, gpu_percent, gpu_memory_bytes FROM {Rows} WHERE {Of(Owner)} ORDER BY at";

    public string InsertChunk { get; } =
        $"INSERT INTO {Chunks} ({string.Join(", ", Owner)}, first_at, data) VALUES ({string.Join(", ", Owner.Select(column => $"@{column}"))}, @first_at, @data)";

    public string Delete { get; } = $"DELETE FROM {Rows} WHERE {Of(Owner)}";

    public string DeleteOld { get; } = $"DELETE FROM {Chunks} WHERE {Of(Owner)} AND first_at < @first_at";

    private static string Of(IReadOnlyList<string> owner, string prefix = "") => string.Join(" AND ", owner.Select(column => $"{column} = @{prefix}{column}"));
}
