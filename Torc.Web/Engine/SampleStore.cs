using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Metrics;
using Torc.Shared.Quantities;
using Torc.Web.Data;

namespace Torc.Web.Engine;

/// <summary>Stores the samples of attempts: each as a row, and as soon as there are many, or no more to come, as a chunk in their place.</summary>
internal sealed class SampleStore
{
    /// <summary>How many rows there may be, as far as this connection has written some.</summary>
    private readonly Dictionary<AttemptId, int> _unpacked = [];

    /// <summary>What was written last was not stored.</summary>
    public void Forget() => _unpacked.Clear();

    public async Task WriteAsync(PreparedCommands commands, AttemptSample sample, CancellationToken cancel)
    {
        var (attempt, (at, levels)) = sample;

        // The agent may send a sample again after a lost connection.
        await commands.RunAsync(
            """
            INSERT INTO samples (job_id, attempt, at, cpu_percent, memory_bytes, processes, read_rate, write_rate, gpu_percent, gpu_memory_bytes)
            SELECT @job_id, @attempt, @at, @cpu_percent, @memory_bytes, @processes, @read_rate, @write_rate, @gpu_percent, @gpu_memory_bytes
            WHERE NOT EXISTS (SELECT 1 FROM samples WHERE job_id = @same_job AND attempt = @same_attempt AND at = @same_at)
            """,
            cancel,
            attempt.Job.Value,
            attempt.Number,
            at.ToUnixTimeMilliseconds(),
            levels.CpuPercent,
            levels.Memory.Bytes,
            levels.Processes,
            levels.ReadRate,
            levels.WriteRate,
            levels.GpuPercent,
            levels.GpuMemory?.Bytes,
            attempt.Job.Value,
            attempt.Number,
            at.ToUnixTimeMilliseconds());
        int unpacked = _unpacked[attempt] = _unpacked.GetValueOrDefault(attempt) + 1;
        if (unpacked >= UsageSeries.MostPoints)
        {
            await PackAsync(commands, attempt, cancel);
        }
    }

    /// <summary>Puts the rows of an attempt into chunks.</summary>
    public async Task PackAsync(PreparedCommands commands, AttemptId attempt, CancellationToken cancel)
    {
        _unpacked.Remove(attempt);
        var points = await commands.ListAsync(
            """
            SELECT at, cpu_percent, memory_bytes, processes, read_rate, write_rate, gpu_percent, gpu_memory_bytes
            FROM samples WHERE job_id = @job_id AND attempt = @attempt ORDER BY at
            """,
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
            attempt.Job.Value,
            attempt.Number);
        foreach (var chunk in points.Chunk(UsageSeries.MostPoints))
        {
            await commands.RunAsync(
                "INSERT INTO sample_chunks (job_id, attempt, first_at, data) VALUES (@job_id, @attempt, @first_at, @data)",
                cancel,
                attempt.Job.Value,
                attempt.Number,
                chunk[0].At.ToUnixTimeMilliseconds(),
                UsageSeries.Write(chunk));
        }

        if (points.Count > 0)
        {
            await commands.RunAsync("DELETE FROM samples WHERE job_id = @job_id AND attempt = @attempt", cancel, attempt.Job.Value, attempt.Number);
        }
    }
}
