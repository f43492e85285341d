using Torc.Shared.Jobs;
using Torc.Shared.Quantities;
using Xunit;
using static Torc.Shared.Jobs.JobEvent;

namespace Torc.Tests.Jobs;

public sealed class JobMachineTests
{
    private static readonly NodeId Node = new(7);

    private static readonly Retry ByRule = new(1, OutcomeKind.Exit, 2, Number: 1, Limit: 3);

    private static readonly Dictionary<string, JobEvent> Events = new()
    {
        ["start/waits"] = new Initialized(Blocked: true),
        ["start/free"] = new Initialized(Blocked: false),
        ["unblocked"] = new Unblocked(),
        ["blocker bad"] = new BlockerFailed(new JobId(2)),
        ["assigned"] = new Assigned(Node),
        ["returned"] = new Returned(1),
        ["started"] = new Started(1),
        ["exit 0"] = new Ended(1, new Outcome(OutcomeKind.Exit, 0)),
        ["exit 2"] = new Ended(1, new Outcome(OutcomeKind.Exit, 2)),
        ["timeout"] = new Ended(1, new Outcome(OutcomeKind.Timeout)),
        ["canceled"] = new Ended(1, new Outcome(OutcomeKind.Canceled)),
        ["lost"] = new Lost(1),
        ["stop"] = new StopRequested("stopped by ann"),
        ["late start"] = new Started(0),
        ["late end"] = new Ended(0, new Outcome(OutcomeKind.Exit, 0)),
        ["late back"] = new Returned(0),
        ["late loss"] = new Lost(0),
        ["rerun"] = new Rerun(Blocked: false, MayReuse: false),
        ["rerun/waits"] = new Rerun(Blocked: true, MayReuse: true),
        ["again"] = new RunAgain(),
        ["reblocked"] = new Reblocked(),
        ["reused"] = new Reused(),
        ["not reusable"] = new NotReusable(),
        ["retried"] = new Retried(1, ByRule),
        ["undecided"] = new LeftUndecided(1, new Outcome(OutcomeKind.Exit, 2)),
        ["late retry"] = new Retried(0, ByRule),
        ["off"] = new TurnedOff("turned off by ann", Last: null),
        ["on"] = new TurnedOn(),
        ["late undecided"] = new LeftUndecided(0, new Outcome(OutcomeKind.Exit, 2)),
    };

    /// <summary>Every status against every event; a dash is a refusal.</summary>
    private const string Table = """
                      | start/waits | start/free | unblocked | blocker bad | assigned | returned | started | exit 0    | exit 2 | timeout    | canceled | lost  | stop     | late start | late end | late back | late loss | rerun   | rerun/waits | again   | reblocked | reused  | not reusable | retried | undecided     | late retry | late undecided | off      | on
        Uninitialized | Blocked     | Ready      | -         | -           | -        | -        | -       | -         | -      | -          | -        | -     | -        | -          | -        | -         | -         | Ready   | Blocked     | -       | -         | -       | -            | -       | -             | -          | -          | Disabled | -
        Blocked       | -           | -          | Ready     | Canceled    | -        | -        | -       | -         | -      | -          | -        | -     | Canceled | -          | -        | -         | -         | Ready   | Blocked     | -       | -         | -       | -            | -       | -             | -          | -          | Disabled | -
        Ready         | -           | -          | -         | -           | Pending  | -        | -       | -         | -      | -          | -        | -     | Canceled | -          | -        | -         | -         | Ready   | Blocked     | -       | Blocked   | -       | -            | -       | -             | -          | -          | Disabled | -
        Pending       | -           | -          | -         | -           | -        | Ready    | Running | Completed | Failed | Terminated | Canceled | Ready | Pending  | -          | -        | -         | -         | -       | -           | Pending | -         | -       | -            | Ready   | PendingFailed | -          | -          | -        | -
        Running       | -           | -          | -         | -           | -        | -        | -       | Completed | Failed | Terminated | Canceled | Ready | Running  | -          | -        | -         | -         | -       | -           | Running | -         | -       | -            | Ready   | PendingFailed | -          | -          | -        | -
        Completed     | -           | -          | -         | -           | -        | -        | -       | -         | -      | -          | -        | -     | -        | -          | -        | -         | -         | Ready   | Blocked     | -       | -         | -       | -            | -       | -             | -          | -          | Disabled | -
        Failed        | -           | -          | -         | -           | -        | -        | -       | -         | -      | -          | -        | -     | -        | -          | -        | -         | -         | Ready   | Blocked     | -       | -         | -       | -            | -       | -             | -          | -          | Disabled | -
        Canceled      | -           | -          | -         | -           | -        | -        | -       | -         | -      | -          | -        | -     | -        | -          | -        | -         | -         | Ready   | Blocked     | -       | -         | -       | -            | -       | -             | -          | -          | Disabled | -
        Terminated    | -           | -          | -         | -           | -        | -        | -       | -         | -      | -          | -        | -     | -        | -          | -        | -         | -         | Ready   | Blocked     | -       | -         | -       | -            | -       | -             | -          | -          | Disabled | -
        Disabled      | -           | -          | -         | -           | -        | -        | -       | -         | -      | -          | -        | -     | -        | -          | -        | -         | -         | -       | -           | -       | -         | -       | -            | -       | -             | -          | -          | -        | Uninitialized
        PendingFailed | -           | -          | -         | -           | -        | -        | -       | -         | -      | -          | -        | -     | Failed   | -          | -        | -         | -         | Ready   | Blocked     | -       | -         | -       | -            | -       | -             | -          | -          | Disabled | -
        """;

    public static TheoryData<JobStatus, string, string> Cells()
    {
        var cells = new TheoryData<JobStatus, string, string>();
        string[][] rows = [.. Table.Split('\n').Select(row => row.Split('|', StringSplitOptions.TrimEntries))];
        foreach (string[] row in rows.Skip(1))
        {
            for (int column = 1; column < row.Length; column++)
            {
                cells.Add(Enum.Parse<JobStatus>(row[0]), rows[0][column], row[column]);
            }
        }

        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Each_status_takes_or_refuses_each_event_as_the_table_says(JobStatus from, string occurrence, string expected)
    {
        var answer = JobMachine.Apply(Job(from), Events[occurrence]);

        Assert.Equal(expected, answer is Transition.Moved moved ? moved.To.Status.ToString() : "-");
    }

    [Fact]
    public void The_table_names_every_status_and_every_kind_of_event()
    {
        var cells = Cells().Select(cell => cell.Data).ToList();

        Assert.Equal(Enum.GetValues<JobStatus>(), cells.Select(cell => cell.Item1).Distinct());
        Assert.Equal(
            typeof(JobEvent).GetNestedTypes().Select(type => type.Name).Order(),
            cells.Select(cell => Events[cell.Item2].GetType().Name).Distinct().Order());
    }

    [Theory]
    [InlineData(1, "exit 0", "Completed")]
    [InlineData(1, "retried", "Ready")]
    [InlineData(1, "undecided", "PendingFailed")]
    [InlineData(0, "exit 0", "-")]
    public void A_late_end_counts_for_a_job_that_was_lost_and_given_to_nobody_since(int losses, string end, string expected)
    {
        var answer = JobMachine.Apply(Job(JobStatus.Ready) with { Losses = losses }, Events[end]);

        Assert.Equal(expected, answer is Transition.Moved moved ? moved.To.Status.ToString() : "-");
    }

    [Theory]
    [InlineData("exit 2")]
    [InlineData("retried")]
    [InlineData("undecided")]
    public void The_end_that_a_job_is_retried_for_does_not_count_twice_though_it_was_lost_before(string end) =>
        Assert.IsType<Transition.Refused>(JobMachine.Apply(After(Job(JobStatus.Running) with { Losses = 1 }, Events["retried"]), Events[end]));

    [Theory]
    [InlineData("stopped by ann", false)]
    [InlineData(null, true)]
    public void A_job_that_was_asked_to_end_or_to_run_anew_is_not_retried(string? stopReason, bool again)
    {
        var running = Job(JobStatus.Running) with { StopReason = stopReason, Again = again };

        Assert.IsType<Transition.Refused>(JobMachine.Apply(running, Events["retried"]));
        Assert.IsType<Transition.Refused>(JobMachine.Apply(running, Events["undecided"]));
    }

    [Fact]
    public void Retries_by_rules_and_for_want_of_room_are_counted_apart()
    {
        var byRule = After(Job(JobStatus.Running), Events["retried"]);
        var raised = After(After(After(byRule, new Assigned(Node)), new Started(2)), new Retried(2, new Retry(2, OutcomeKind.OutOfMemory, 137, Number: 1, Limit: 3, Memory: MemorySize.Mebibytes(300))));

        Assert.Equal((1, 0, default), (byRule.Retries, byRule.Raises, byRule.RaisedMemory));
        Assert.Equal((1, 1, MemorySize.Mebibytes(300)), (raised.Retries, raised.Raises, raised.RaisedMemory));
    }

    [Fact]
    public void Of_a_job_that_runs_again_only_the_number_of_the_attempt_and_its_raised_needs_stay()
    {
        var failed = Job(JobStatus.Failed) with
        {
            Attempt = 3,
            Outcome = new Outcome(OutcomeKind.Exit, 2),
            StopReason = "stopped by ann",
            FailedBlocker = new JobId(2),
            Losses = 2,
            Retries = 1,
            Raises = 1,
            RaisedMemory = MemorySize.Mebibytes(300),
            Retry = ByRule,
        };

        Assert.Equal(new JobState(new JobId(1), JobStatus.Ready, Attempt: 3, RaisedMemory: MemorySize.Mebibytes(300)), After(failed, new Rerun(Blocked: false, MayReuse: false)));
    }

    [Fact]
    public void A_job_that_is_turned_off_is_told_by_whom_and_what_it_did_well_counts_when_it_is_turned_on_again()
    {
        var off = After(Job(JobStatus.Completed) with { Reuse = Reuse.Done }, new TurnedOff("turned off by ann", new Outcome(OutcomeKind.Exit, 0)));

        Assert.Equal((JobStatus.Disabled, "turned off by ann", Reuse.None), (off.Status, off.StopReason, off.Reuse));
        Assert.Equal("Turned off by ann: no run starts it.", JobReason.Of(off.Status, off.Outcome, failedBlocker: null, off.StopReason));
        Assert.Equal((JobStatus.Completed, null), (After(off, new TurnedOn()).Status, After(off, new TurnedOn()).StopReason));
    }

    [Fact]
    public void A_job_that_had_failed_is_as_before_any_run_when_it_is_turned_on_again()
    {
        var off = After(Job(JobStatus.Failed) with { Attempt = 3, Retries = 2 }, new TurnedOff("turned off by ann", new Outcome(OutcomeKind.Exit, 2)));

        Assert.Equal(new JobState(new JobId(1), JobStatus.Uninitialized, Attempt: 3), After(off, new TurnedOn()));
    }

    [Fact]
    public void A_job_that_need_not_run_is_given_to_nobody_until_that_is_settled()
    {
        var waiting = Job(JobStatus.Ready) with { Reuse = Reuse.Possible };

        Assert.IsType<Transition.Refused>(JobMachine.Apply(waiting, new Assigned(Node)));
        Assert.Equal((JobStatus.Completed, Reuse.Done), (After(waiting, new Reused()).Status, After(waiting, new Reused()).Reuse));
        Assert.Equal(JobStatus.Pending, After(After(waiting, new NotReusable()), new Assigned(Node)).Status);
    }

    [Fact]
    public void A_refusal_names_the_state_and_the_event()
    {
        var refused = Assert.IsType<Transition.Refused>(JobMachine.Apply(Job(JobStatus.Completed), new Unblocked()));

        Assert.Contains("Completed", refused.Why, StringComparison.Ordinal);
        Assert.Contains("Unblocked", refused.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_assignment_is_a_new_attempt_even_after_one_that_never_began()
    {
        var first = After(Job(JobStatus.Ready) with { Attempt = 0 }, new Assigned(Node));
        var second = After(After(first, new Returned(1)), new Assigned(Node));

        Assert.Equal(2, second.Attempt);
        Assert.IsType<Transition.Refused>(JobMachine.Apply(second, new Ended(1, new Outcome(OutcomeKind.Exit, 0))));
    }

    [Fact]
    public void Only_a_job_that_has_an_open_attempt_holds_a_node()
    {
        var pending = After(Job(JobStatus.Ready) with { Node = null, Attempt = 0 }, new Assigned(Node));
        Assert.Equal(Node, pending.Node);
        Assert.Equal(Node, After(pending, new Started(1)).Node);

        Assert.Null(After(pending, new Returned(1)).Node);
        Assert.Null(After(pending, new Ended(1, new Outcome(OutcomeKind.Exit, 0))).Node);
    }

    [Theory]
    [InlineData(OutcomeKind.Signal, JobStatus.Failed)]
    [InlineData(OutcomeKind.OutOfMemory, JobStatus.Failed)]
    [InlineData(OutcomeKind.MissingOutput, JobStatus.Failed)]
    [InlineData(OutcomeKind.NodeLost, JobStatus.Failed)]
    [InlineData(OutcomeKind.SpawnError, JobStatus.Failed)]
    [InlineData(OutcomeKind.Terminated, JobStatus.Terminated)]
    [InlineData(OutcomeKind.Fenced, JobStatus.Terminated)]
    public void An_exit_code_of_0_does_not_save_an_attempt_that_ended_otherwise(OutcomeKind kind, JobStatus expected) =>
        Assert.Equal(expected, After(Job(JobStatus.Running), new Ended(1, new Outcome(kind, ExitCode: 0))).Status);

    private static JobState Job(JobStatus status) => new(new JobId(1), status, Attempt: 1, status.HoldsNode() ? Node : null);

    private static JobState After(JobState job, JobEvent occurrence) => Assert.IsType<Transition.Moved>(JobMachine.Apply(job, occurrence)).To;
}
