using Torc.Shared.Jobs;
using Torc.Shared.Metrics;
using Torc.Shared.Quantities;
using Torc.Web.Data;

namespace Torc.Web.Engine;

/// <summary>Stores samples: each as a row, and as soon as there are many, or no more to come, as a chunk in their place.</summary>
internal sealed class SampleStore
{
    /// <summary>How many rows there may be, as far as this connection has written some. So a node has at most twice a chunk of them.</summary>
    private readonly Dictionary<(SampleSeries, long, int), int> _unpacked = [];

    /// <summary>What was written last was not stored.</summary>
    public void Forget() => _unpacked.Clear();

    public Task WriteAsync(PreparedCommands commands, AttemptId attempt, UsagePoint point, CancellationToken cancel) =>
        WriteAsync(commands, SampleSeries.OfAttempts, (attempt.Job.Value, attempt.Number), point, cancel);

    public Task WriteAsync(PreparedCommands commands, NodeId node, UsagePoint point, CancellationToken cancel) =>
        WriteAsync(commands, SampleSeries.OfNodes, (node.Value, 0), point, cancel);

    /// <summary>Puts the rows of an attempt into chunks.</summary>
    public Task PackAsync(PreparedCommands commands, AttemptId attempt, CancellationToken cancel) =>
        PackAsync(commands, SampleSeries.OfAttempts, (attempt.Job.Value, attempt.Number), cancel);

    private async Task WriteAsync(PreparedCommands commands, SampleSeries series, (long, int) owner, UsagePoint point, CancellationToken cancel)
    {
        var (at, levels) = point;
        object?[] of = Columns(series, owner);
        await commands.RunAsync(
            series.Insert,
            cancel,
            [
                .. of,
                at.ToUnixTimeMilliseconds(),
                levels.CpuPercent,
                levels.Memory.Bytes,
                levels.Processes,
                levels.ReadRate,
                levels.WriteRate,
                levels.GpuPercent,
                levels.GpuMemory?.Bytes,
                .. of,
                at.ToUnixTimeMilliseconds(),
            ]);
        int unpacked = _unpacked[(series, owner.Item1, owner.Item2)] = _unpacked.GetValueOrDefault((series, owner.Item1, owner.Item2)) + 1;
        if (unpacked >= series.PointsOfChunk)
        {
            await PackAsync(commands, series, owner, cancel);
        }
    }

    private async Task PackAsync(PreparedCommands commands, SampleSeries series, (long, int) owner, CancellationToken cancel)
    {
        _unpacked.Remove((series, owner.Item1, owner.Item2));
        object?[] of = Columns(series, owner);
        var points = await commands.ListAsync(
            series.Select,
            row => new UsagePoint(
                row.Instant(0)!.Value,
                new UsageLevels(
                    row.GetDouble(1),
                    new MemorySize(row.GetInt64(2)),
                    row.GetInt32(3),
                    row.GetInt64(4),
                    row.GetInt64(5),
                    row.Double(6),
                    row.Long(7) is { } bytes ? new MemorySize(bytes) : null)),
            cancel,
            of);
        foreach (var chunk in points.Chunk(UsageSeries.MostPoints))
        {
            await commands.RunAsync(series.InsertChunk, cancel, [.. of, chunk[0].At.ToUnixTimeMilliseconds(), UsageSeries.Write(chunk)]);
        }

        if (points.Count > 0)
        {
            await commands.RunAsync(series.Delete, cancel, of);
        }

        if (series.KeptFor is { } kept && points.Count > 0)
        {
            await commands.RunAsync(series.DeleteOld, cancel, [.. of, (points[^1].At - kept).ToUnixTimeMilliseconds()]);
        }
    }

    private static object?[] Columns(SampleSeries series, (long Id, int Number) owner) => series.Owner.Count == 1 ? [owner.Id] : [owner.Id, owner.Number];
}
