using System.Globalization;
using Torc.Shared.Metrics;
using Torc.Shared.Quantities;

namespace Torc.Agent.Sampling;

/// <summary>Reads <c>/proc/stat</c> and <c>/proc/meminfo</c>, which cost some microseconds. In a container they are about the machine around it.</summary>
/// <param name="gpus">The names of the GPUs that are offered.</param>
/// <param name="proc">Where the system tells of itself.</param>
internal sealed class MachineUse(IReadOnlyList<string> gpus, GpuWatch watch, TimeProvider time, string proc = "/proc") : IMachineUse
{
    private readonly Lock _gate = new();
    private readonly GpuReadings _readings = new();
    private (long Ticks, long At)? _before;

    public UsageLevels? Look()
    {
        try
        {
            long busy = BusyTicks(File.ReadLines($"{proc}/stat").First());
            long at = time.GetTimestamp();
            var before = _before;
            _before = (busy, at);
            if (before is not { } last || time.GetElapsedTime(last.At, at) is not { Ticks: > 0 } since)
            {
                return null;
            }

            GpuUse gpu;
            lock (_gate)
            {
                gpu = _readings.Of(gpus, time.GetElapsedTime(0, at));
            }

            double percent = Math.Max(0, busy - last.Ticks) * 100.0 / ProcFolder.TicksPerSecond / since.TotalSeconds;
            return new UsageLevels(Math.Round(percent, 1), UsedMemory(File.ReadLines($"{proc}/meminfo")), GpuPercent: gpu.Percent, GpuMemory: gpu.Memory);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    public Task WatchGpusAsync(Func<GpuReading, Task> tell, CancellationToken cancel) => watch.RunAsync(
        async reading =>
        {
            lock (_gate)
            {
                _readings.Add(reading, time.GetElapsedTime(0, time.GetTimestamp()));
            }

            await tell(reading);
        },
        cancel);

    /// <summary>Reads <c>cpu  user nice system idle iowait irq softirq steal …</c>: all that was not waiting. What guests used is part of user and nice.</summary>
    /// <exception cref="FormatException">It is no such line.</exception>
    internal static long BusyTicks(string line)
    {
        if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not ["cpu", .. { Length: >= 7 } columns])
        {
            throw new FormatException("not the first line of /proc/stat");
        }

        long[] ticks = [.. columns.Take(8).Select(column => long.Parse(column, NumberStyles.None, CultureInfo.InvariantCulture))];
        return ticks.Sum() - ticks[3] - ticks[4];
    }

    /// <summary>What programs could not have if they asked now: <c>MemTotal</c> without <c>MemAvailable</c>.</summary>
    /// <exception cref="InvalidOperationException">It does not say so.</exception>
    internal static MemorySize UsedMemory(IEnumerable<string> memInfo)
    {
        var kibibytes = memInfo
            .Select(line => line.Split([' ', ':'], StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words is ["MemTotal" or "MemAvailable", _, ..])
            .ToDictionary(words => words[0], words => long.Parse(words[1], NumberStyles.None, CultureInfo.InvariantCulture));
        return kibibytes.TryGetValue("MemTotal", out long total) && kibibytes.TryGetValue("MemAvailable", out long available)
            ? new MemorySize((total - available) << 10)
            : throw new InvalidOperationException("/proc/meminfo does not say how much memory there is");
    }
}
