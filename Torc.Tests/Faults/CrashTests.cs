using System.Globalization;
using Torc.Faults.Crashes;
using Torc.Faults.Sites;
using Torc.Shared.Jobs;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.Faults;

/// <summary>A little of what is run at length before a release.</summary>
[Collection(CrashCollection.Name)]
public sealed class CrashTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whatever_is_killed_and_stopped_nothing_is_lost_or_doubled_or_left_behind()
    {
        using var log = new StringWriter(CultureInfo.InvariantCulture);

        var totals = await CrashRounds.RunAsync(new CrashOptions(Rounds: 1, Seed: 2), log, Cancel);

        Assert.True(totals.Findings.Count == 0, log.ToString());
        Assert.InRange(totals.Kills, 1, 20);
    }

    [Fact]
    public async Task When_only_agents_are_killed_no_job_is_started_again()
    {
        using var log = new StringWriter(CultureInfo.InvariantCulture);

        var totals = await CrashRounds.RunAsync(new CrashOptions(Rounds: 1, Seed: 7) { Targets = SitePrograms.Agent, Stops = false }, log, Cancel);

        Assert.True(totals.Findings.Count == 0, log.ToString());
        Assert.Equal((0, 0), (totals.Reruns, totals.LostWithKeeper));
    }

    [Fact]
    public async Task Jobs_that_end_behind_a_partition_count_when_it_is_over()
    {
        using var log = new StringWriter(CultureInfo.InvariantCulture);

        var totals = await Partition.RunAsync(new PartitionOptions(TimeSpan.FromSeconds(20)), log, Cancel);

        Assert.True(totals.Counted.Findings.Count == 0, log.ToString());
        Assert.Equal((0, 0), (totals.Counted.Reruns, totals.Counted.GivenBack));
        Assert.InRange(totals.EndedBehind, 3, 6);
    }

    [Fact]
    public async Task An_agent_that_was_killed_before_its_hello_is_missed_all_the_same()
    {
        await using var site = new RealSite("--agent:cpus", "1");
        await site.StartServerAsync(Cancel);
        var first = await Waiting.UntilAsync(() => site.FindAsync(SitePrograms.Agent, Cancel), agent => agent is not null, "an agent was started", Patience);

        first!.Value.Signal(Signals.Kill);

        var workflow = await site.SubmitAsync("{name: waits, jobs: [{name: a, command: 'true'}]}", site.MakeFolder("work"), Cancel);
        await Waiting.UntilAsync(
            () => site.TryJobsAsync(workflow, Cancel), jobs => jobs is [{ Status: JobStatus.Completed }], "another agent has run the job", Patience);
    }
}
