using Torc.Faults.Crashes;
using Torc.Faults.Simulation;
using Torc.Shared.Jobs;
using Xunit;

namespace Torc.Tests.Faults;

/// <summary>A verdict that finds nothing is worth something only if it would have found it: two jobs, of which the second waits for the first.</summary>
public sealed class VerdictTests
{
    private const int Keeper = 4242;

    private static readonly Outcome Well = new(OutcomeKind.Exit, 0);
    private static readonly Outcome Lost = new(OutcomeKind.NodeLost);
    private static readonly Outcome GivenBack = new(OutcomeKind.Fenced);

    private readonly KeeperLives _keepers = new();
    private int _cpus = 2;

    [Fact]
    public void What_ran_as_it_should_is_found_in_order() => Assert.Empty(Judge([Well], [Well], "start 1.1 1", "end 1.1 2", "start 2.1 3", "end 2.1 4"));

    [Fact]
    public void An_end_that_did_not_count_is_lost() => Assert.Equal(
        [FindingKind.Lost], Judge([Lost, Well], [Well], "start 1.1 1", "end 1.1 2", "start 1.2 3", "end 1.2 4", "start 2.1 5", "end 2.1 6").Take(1));

    [Fact]
    public void An_end_whose_keeper_was_killed_at_once_may_be_lost()
    {
        _keepers.Killed(Keeper);
        long now = KeeperLives.Now;

        Assert.Empty(Judge([Lost, Well], [], $"start 1.1 {now - 2}", $"end 1.1 {now - 1}", $"start 1.2 {now}", $"end 1.2 {now + 1}"));
    }

    [Fact]
    public void A_loss_that_no_fault_explains_is_found() => Assert.Equal([FindingKind.Lost], Judge([Lost], [], "start 1.1 1"));

    [Fact]
    public void An_attempt_that_was_given_up_and_started_all_the_same_is_found() =>
        Assert.Equal([FindingKind.Lost], Judge([GivenBack, Well], [], "start 1.1 1", "start 1.2 2", "end 1.2 3"));

    [Fact]
    public void An_attempt_that_never_reached_a_keeper_is_nothing_to_find() => Assert.Empty(Judge([GivenBack, Well], [], "start 1.2 2", "end 1.2 3"));

    [Fact]
    public void An_attempt_that_started_twice_is_doubled() =>
        Assert.Equal([FindingKind.Doubled], Judge([Well], [], "start 1.1 1", "start 1.1 1", "end 1.1 2"));

    [Fact]
    public void A_job_that_was_completed_twice_is_doubled() =>
        Assert.Contains(FindingKind.Doubled, Judge([Well, Well], [], "start 1.1 1", "end 1.1 2", "start 1.2 3", "end 1.2 4"));

    [Fact]
    public void A_success_that_never_was_is_doubled() => Assert.Equal([FindingKind.Doubled], Judge([Well], [], "start 1.1 1"));

    [Fact]
    public void A_start_before_the_blocker_was_done_is_out_of_order() =>
        Assert.Equal([FindingKind.OutOfOrder], Judge([Well], [Well], "start 1.1 1", "start 2.1 2", "end 1.1 3", "end 2.1 4"));

    [Fact]
    public void What_jobs_saw_themselves_is_found() =>
        Assert.Equal([FindingKind.Overlapping, FindingKind.OutOfOrder], Judge([Well], [], "start 1.1 1", "overlap 1.1 1", "missing 1.1 1", "end 1.1 2"));

    [Fact]
    public void More_than_the_node_has_room_for_is_overlapping()
    {
        _cpus = 1;

        Assert.Contains(FindingKind.Overlapping, Judge([Well], [Well], "start 1.1 1", "start 2.1 2", "end 1.1 3", "end 2.1 4"));
    }

    [Fact]
    public void An_outcome_that_nobody_caused_is_a_violation() =>
        Assert.Equal([FindingKind.Violation], Judge([new Outcome(OutcomeKind.Signal, 137)], [], "start 1.1 1"));

    private List<FindingKind> Judge(Outcome[] first, Outcome[] second, params string[] lines)
    {
        var work = new Work([Planned("a", []), Planned("b", ["a"])]);
        StoredJob[] jobs = [new(new JobId(1), "a", JobStatus.Completed, first), new(new JobId(2), "b", JobStatus.Completed, second)];
        var ledger = new Ledger([.. lines.Select(Entry)]);
        return [.. new Verdict(work, jobs, ledger, _keepers, _cpus).Judge().Findings.Select(finding => finding.Kind)];
    }

    private static PlannedJob Planned(string name, string[] blockers) => new(name, 0.1, 1, OnLost.Rerun, "nothing", blockers);

    private static LedgerEntry Entry(string line)
    {
        string[] words = line.Split(' ');
        Assert.True(AttemptId.TryParse(words[1], out var attempt));
        return new LedgerEntry(words[0], attempt, 1, Keeper, long.Parse(words[2], System.Globalization.CultureInfo.InvariantCulture));
    }
}
