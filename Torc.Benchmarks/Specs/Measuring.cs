using System.Diagnostics;
using System.Globalization;
using Torc.Shared.Specs;
using Torc.Shared.Specs.Documents;
using Torc.Shared.Specs.Notations;
using Torc.Shared.Workflows;

namespace Torc.Benchmarks.Specs;

/// <summary>Measures one spec in this process.</summary>
internal static class Measuring
{
    /// <summary>Says on the command line that the process is to measure; what follows are the work and the file.</summary>
    public const string Argument = "measure";

    private const int MeasuredTimes = 5;

    public static async Task<Measurement> RunAsync(SpecWork work, string file, CancellationToken cancel)
    {
        byte[] bytes = await File.ReadAllBytesAsync(file, cancel);
        var reading = work == SpecWork.Read ? null : SpecReader.Read(bytes, file);
        var cold = Time(ref reading);
        long peak = await PeakMebibytesAsync(cancel);
        var (jobs, edges) = Size(reading?.Definition);
        string? problem = reading?.Problems.FirstOrDefault(problem => problem.Severity == Severity.Error)?.Message;
        Time(ref reading);
        long before = GC.GetTotalAllocatedBytes(precise: true);
        var times = Enumerable.Range(0, MeasuredTimes).Select(_ => Time(ref reading)).ToList();
        long allocated = (GC.GetTotalAllocatedBytes(precise: true) - before) / MeasuredTimes;
        double median = times.Select(time => time.Clock).Order().ElementAt(MeasuredTimes / 2);
        return new Measurement(cold.Clock, cold.Processor, median, times.Min(time => time.Processor), peak, allocated >> 20, jobs, edges, problem);

        (double Clock, double Processor) Time(ref SpecReading? read)
        {
            // What was read before is no part of what this time needs.
            read = work == SpecWork.Read ? null : read;
            GC.Collect();
            var processor = Environment.CpuUsage.TotalTime;
            var clock = Stopwatch.StartNew();
            switch (work)
            {
                case SpecWork.Read:
                    read = SpecReader.Read(bytes, file);
                    break;
                case SpecWork.WriteJson:
                    read!.Write(SpecNotation.Json);
                    break;
                case SpecWork.WriteYaml:
                    read!.Write(SpecNotation.Yaml);
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(work), work, "no such work");
            }

            return (clock.Elapsed.TotalMilliseconds, (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds);
        }
    }

    private static (int Jobs, long Edges) Size(WorkflowDefinition? workflow)
    {
        long edges = 0;
        for (int job = 0; job < (workflow?.Graph.JobCount ?? 0); job++)
        {
            edges += workflow!.Graph.BlockersOf(job).Length;
        }

        return (workflow?.Jobs.Count ?? 0, edges);
    }

    // VmHWM:      123456 kB
    private static async Task<long> PeakMebibytesAsync(CancellationToken cancel)
    {
        string[] lines = await File.ReadAllLinesAsync("/proc/self/status", cancel);
        string peak = lines.First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(peak.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) >> 10;
    }
}
