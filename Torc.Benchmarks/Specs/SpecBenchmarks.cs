using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Torc.Benchmarks.Specs;

/// <summary>Measures how specs are read and written, each in a process of its own, and prints a table.</summary>
internal static class SpecBenchmarks
{
    public static async Task RunAsync(CancellationToken cancel)
    {
        string folder = Directory.CreateTempSubdirectory("torc-benchmarks-").FullName;
        try
        {
            Console.WriteLine(await Machine.DescribeAsync(cancel));
            Console.WriteLine();
            Console.WriteLine("| spec | size, MiB | jobs | edges | first, ms | its processor, ms | then, ms | its processor, ms | processor, µs per job and edge | peak, MiB | allocated, MiB | goal |");
            Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|");
            foreach (var row in SpecCases.All())
            {
                string file = Path.Combine(folder, row.FileName);
                var text = new StringBuilder();
                row.Write(text);
                await File.WriteAllTextAsync(file, text.ToString(), cancel);
                var measured = await MeasureAsync(row.Work, file, cancel);
                Console.WriteLine(Line(row, new FileInfo(file).Length, measured));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Measurement> MeasureAsync(SpecWork work, string file, CancellationToken cancel)
    {
        // The program may have been started as itself, or as a library of the dotnet host.
        string self = Environment.ProcessPath!;
        string library = typeof(SpecBenchmarks).Assembly.Location;
        string[] arguments = Path.GetFileNameWithoutExtension(self) is "dotnet" ? [library] : [];
        var start = new ProcessStartInfo(self, [.. arguments, Measuring.Argument, work.ToString(), file]) { RedirectStandardOutput = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        string answer = await process.StandardOutput.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        return process.ExitCode == 0
            ? Measurement.FromJson(answer)
            : throw new InvalidOperationException($"measuring {Path.GetFileName(file)} ended with exit code {process.ExitCode}");
    }

    private static string Line(SpecCase row, long bytes, Measurement measured)
    {
        double size = bytes / 1048576.0;
        string each = measured.Jobs == 0 ? "" : ((measured.ProcessorMilliseconds * 1000) / (measured.Jobs + measured.Edges)).ToString("0.00", CultureInfo.InvariantCulture);
        string goal = row.Goal is null ? "" : $"{row.Goal}: {(row.Goal.IsMetBy(measured) ? "met" : "missed")}";
        string counts = measured.Problem is null ? string.Create(CultureInfo.InvariantCulture, $"{measured.Jobs:N0} | {measured.Edges:N0}") : "refused | ";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {row.Name} | {size:0.0} | {counts} | {measured.ColdMilliseconds:N0} | {measured.ColdProcessorMilliseconds:N0} | {Milliseconds(measured.MedianMilliseconds)} | {Milliseconds(measured.ProcessorMilliseconds)} | {each} | {measured.PeakMebibytes:N0} | {measured.AllocatedMebibytes:N0} | {goal} |");
    }

    private static string Milliseconds(double time) => time.ToString(time < 10 ? "0.0" : "N0", CultureInfo.InvariantCulture);
}
