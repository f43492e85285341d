using System.Globalization;
using Torc.Benchmarks.Peers;
using Torc.Benchmarks.Scale;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.Benchmarks;

/// <summary>The programs that measure, at sizes at which they measure nothing: every tool has to have run every job.</summary>
[Collection(AloneCollection.Name)]
public sealed class BenchmarkTests
{
    private static readonly Sizes Smallest = new(Rounds: 1, Independent: [20], Layers: 3, Width: 10, Hops: 10, Mixed: 4, LongestMixed: TimeSpan.FromSeconds(0.3), MixedRounds: 1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task There_is_a_row_for_each_workload()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/cc"), "the floor is written in C, and there is no compiler");
        using var output = new StringWriter(CultureInfo.InvariantCulture);

        await PeerBenchmarks.RunAsync(Smallest, output, Cancel);

        string[] rows = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["W1", "W2", "W3", "W4", "W5", "W5"], rows.Where(row => row.StartsWith("| W", StringComparison.Ordinal)).Select(row => row[2..4]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Null_jobs_all_end_and_a_crowd_is_served()
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);

        await ScaleBenchmarks.NullJobsAsync([100], output, Cancel);
        await ScaleBenchmarks.CrowdAsync(length: 4, output, Cancel);

        Assert.Contains("| 100 |", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("| the end of a job to the start of the one that waited for it, ", output.ToString(), StringComparison.Ordinal);
    }
}
