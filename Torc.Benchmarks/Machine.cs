using System.Globalization;
using System.Runtime.InteropServices;

namespace Torc.Benchmarks;

/// <summary>Says where and when was measured.</summary>
internal static class Machine
{
    public static async Task<string> DescribeAsync(CancellationToken cancel)
    {
        string processor = Value(await File.ReadAllLinesAsync("/proc/cpuinfo", cancel), "model name") ?? RuntimeInformation.ProcessArchitecture.ToString();
        string memory = Value(await File.ReadAllLinesAsync("/proc/meminfo", cancel), "MemTotal") ?? "0 kB";
        double gibibytes = long.Parse(memory.Split(' ')[0], CultureInfo.InvariantCulture) / 1048576.0;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{processor}, {Environment.ProcessorCount} cores, {gibibytes:0} GiB, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, {TimeProvider.System.GetUtcNow():yyyy-MM-dd}");
    }

    // model name	: Some processor
    private static string? Value(string[] lines, string key) =>
        lines.FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))?.Split(':', 2)[1].Trim();
}
