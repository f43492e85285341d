using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Torc.Benchmarks.Core;

/// <summary>Runs the benchmarks of the core in this process, so that nothing is built or fetched while measuring.</summary>
internal static class CoreRun
{
    /// <returns>Whether all of them could be measured.</returns>
    public static bool Run(bool isQuick)
    {
        string folder = Directory.CreateTempSubdirectory("torc-benchmarks-").FullName;
        try
        {
            var job = (isQuick ? Job.Dry : Job.ShortRun).WithToolchain(InProcessEmitToolchain.Instance);
            var config = ManualConfig.CreateEmpty().AddJob(job).AddColumnProvider(DefaultConfig.Instance.GetColumnProviders().ToArray()).AddLogger(NullLogger.Instance).AddExporter(MarkdownExporter.GitHub).WithArtifactsPath(folder);
            var summary = BenchmarkRunner.Run<CoreBenchmarks>(config);
            MarkdownExporter.GitHub.ExportToLog(summary, ConsoleLogger.Ascii);
            return !summary.HasCriticalValidationErrors && summary.Reports.All(report => report.Success);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
