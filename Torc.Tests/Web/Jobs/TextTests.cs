using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Placement;
using Torc.Shared.Quantities;
using Torc.Web.Jobs;
using Xunit;

namespace Torc.Tests.Web.Jobs;

public sealed class TextTests
{
    private static readonly DateTimeOffset Start = new(2026, 5, 4, 14, 2, 11, TimeSpan.Zero);

    [Theory]
    [InlineData(OutcomeKind.Exit, 0, "exit 0")]
    [InlineData(OutcomeKind.Exit, 2, "exit 2")]
    [InlineData(OutcomeKind.Signal, 137, "137 (SIGKILL)")]
    [InlineData(OutcomeKind.Signal, 143, "143 (SIGTERM)")]
    [InlineData(OutcomeKind.Signal, 162, "162 (signal 34)")]
    [InlineData(OutcomeKind.Signal, null, "ended by a signal")]
    [InlineData(OutcomeKind.OutOfMemory, 137, "out of memory")]
    [InlineData(OutcomeKind.NodeLost, null, "node lost")]
    public void An_outcome_is_told_in_a_few_words(OutcomeKind kind, int? exitCode, string expected) =>
        Assert.Equal(expected, OutcomeText.ForPeople(new Outcome(kind, exitCode)));

    [Fact]
    public void Every_kind_of_outcome_has_words_of_its_own() =>
        Assert.All(Enum.GetValues<OutcomeKind>(), kind => Assert.NotEqual(kind.ToString(), OutcomeText.ForPeople(new Outcome(kind, 1))));

    [Fact]
    public void Requirements_name_only_what_is_asked_for()
    {
        Assert.Equal("1 CPU, up to 1 h", RequirementsText.ForPeople(ResourceRequirements.Default));
        Assert.Equal("4 CPUs, 2 GPUs, 1.5 GiB, 2 nodes, up to 5 min", RequirementsText.ForPeople(new ResourceRequirements(4, MemorySize.Mebibytes(1536), 2, 2, TimeSpan.FromMinutes(5))));
    }

    [Theory]
    [InlineData(1, true, 0.4, "The job ran 0.4 s; samples are taken every 1 s.")]
    [InlineData(5, true, null, "No sample yet; one is taken every 5 s.")]
    [InlineData(5, false, null, "The job has not started.")]
    [InlineData(null, true, 9.0, "This workflow's spec keeps no time series of CPU and memory.")]
    public void A_chart_without_points_says_why(int? every, bool started, double? seconds, string expected)
    {
        var attempt = new AttemptView(1, 1, "n1", Start, started ? Start : null, seconds is { } s ? Start.AddSeconds(s) : null, null, null, null);

        Assert.Equal(expected, AttemptTimes.WithoutSamples(attempt, every is { } e ? TimeSpan.FromSeconds(e) : null));
    }

    [Fact]
    public void Counts_are_told_in_one_order_and_leave_out_what_is_not_there()
    {
        var counts = new Dictionary<JobStatus, int> { [JobStatus.Failed] = 1, [JobStatus.Blocked] = 3, [JobStatus.Completed] = 2, [JobStatus.Running] = 0 };

        Assert.Equal("2 done · 3 waiting · 1 failed", StatusCounts.InWords(counts, StatusCounts.None));
    }
}
