using Torc.Agent.Running;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Placement;
using Xunit;

namespace Torc.Tests.Agent.Running;

public sealed class LadderTests
{
    private static readonly EndCause Stopped = new(OutcomeKind.Terminated, "stopped by ann");

    [Fact]
    public void A_command_within_its_limits_is_left_alone_until_its_runtime_is_over()
    {
        var ladder = Started(Job(runtime: 60));

        Assert.Equal(Rung.Nothing, ladder.Next(At(59.9)));
        Assert.Equal(At(60), ladder.LookAgainAt);
        Assert.Null(ladder.Cause);
    }

    [Fact]
    public void A_runtime_that_is_over_asks_and_kills_after_the_grace()
    {
        var ladder = Started(Job(runtime: 60, grace: 30));

        Assert.Equal(Rung.Terminate, ladder.Next(At(60)));
        Assert.Equal(At(90), ladder.LookAgainAt);
        Assert.Equal(Rung.Nothing, ladder.Next(At(89.9)));
        Assert.Equal(Rung.Kill, ladder.Next(At(90)));
        Assert.Equal(OutcomeKind.Timeout, ladder.Cause!.Kind);
    }

    [Fact]
    public void The_runtime_counts_from_the_start_and_not_from_the_arrival()
    {
        var ladder = new Ladder(Job(runtime: 60), At(0));
        ladder.Start(At(1_000));

        Assert.Equal(Rung.Nothing, ladder.Next(At(1_059)));
        Assert.Equal(Rung.Terminate, ladder.Next(At(1_060)));
    }

    [Fact]
    public void It_kills_again_and_again_ever_more_slowly_and_gives_up_once_after_a_minute()
    {
        var ladder = Started(Job());
        ladder.Force(Stopped, At(10));
        var kills = new List<TimeSpan>();
        Rung rung;
        var now = At(10);
        while ((rung = ladder.Next(now)) != Rung.GiveUp)
        {
            Assert.Equal(Rung.Kill, rung);
            kills.Add(now);
            now = ladder.LookAgainAt;
        }

        Assert.Equal([10, 10.02, 10.06, 10.14], kills.Take(4).Select(kill => Math.Round(kill.TotalSeconds, 3)));
        Assert.InRange(now, At(70), At(71));
        Assert.All(kills.Zip(kills.Skip(1)), pair => Assert.True(pair.Second - pair.First <= TimeSpan.FromSeconds(1)));
        Assert.Equal(Rung.Nothing, ladder.Next(At(72)));
    }

    [Fact]
    public void A_stop_that_arrives_again_costs_no_grace()
    {
        var ladder = Started(Job(grace: 30));
        ladder.Ask(Stopped, At(10));
        Assert.Equal(Rung.Terminate, ladder.Next(At(10)));

        ladder.Ask(new EndCause(OutcomeKind.Terminated, "stopped by bob"), At(20));

        Assert.Equal(Rung.Nothing, ladder.Next(At(39)));
        Assert.Equal(Rung.Kill, ladder.Next(At(40)));
        Assert.Equal(Stopped, ladder.Cause);
    }

    [Fact]
    public void A_runtime_that_ends_during_the_grace_of_a_stop_changes_nothing()
    {
        var ladder = Started(Job(runtime: 15, grace: 30));
        ladder.Ask(Stopped, At(10));
        ladder.Next(At(10));

        Assert.Equal(Rung.Nothing, ladder.Next(At(16)));
        Assert.Equal(Rung.Kill, ladder.Next(At(40)));
        Assert.Equal(Stopped, ladder.Cause);
    }

    [Fact]
    public void A_forced_end_has_no_grace()
    {
        var ladder = Started(Job(grace: 30));
        ladder.Ask(Stopped, At(10));
        ladder.Next(At(10));

        ladder.Force(EndCause.Dropped, At(11));

        Assert.Equal(Rung.Kill, ladder.Next(At(11)));
    }

    [Fact]
    public void What_a_command_leaves_running_has_no_grace()
    {
        var ladder = Started(Job(grace: 30));

        ladder.LeaderEnded(At(5));

        Assert.False(ladder.HasSignaled);
        Assert.Equal(Rung.Kill, ladder.Next(At(5)));
    }

    [Fact]
    public void What_a_command_that_was_asked_to_end_leaves_running_keeps_its_grace()
    {
        // A shell ends at once, and the program that it ran writes its checkpoint.
        var ladder = Started(Job(grace: 30));
        ladder.Ask(Stopped, At(10));
        ladder.Next(At(10));

        ladder.LeaderEnded(At(11));

        Assert.True(ladder.HasSignaled);
        Assert.Equal(Rung.Nothing, ladder.Next(At(39)));
        Assert.Equal(Rung.Kill, ladder.Next(At(40)));
    }

    [Fact]
    public void A_command_that_ends_before_it_was_asked_to_was_sent_no_signal()
    {
        var ladder = Started(Job());
        ladder.Ask(Stopped, At(10));

        ladder.LeaderEnded(At(10));

        Assert.False(ladder.HasSignaled);
    }

    [Fact]
    public void A_lease_asks_early_enough_for_the_grace_and_kills_at_its_end()
    {
        // A tenth of the lease is left to the server: 900 s of 1000.
        var ladder = Started(Job(grace: 30, lease: 1_000));

        Assert.Equal(At(870), ladder.LookAgainAt);
        Assert.Equal(Rung.Nothing, ladder.Next(At(869)));
        Assert.Equal(Rung.Terminate, ladder.Next(At(870)));
        Assert.Equal(Rung.Nothing, ladder.Next(At(899)));
        Assert.Equal(Rung.Kill, ladder.Next(At(900)));
        Assert.Equal(new EndCause(OutcomeKind.Fenced, "no word from the server for 14 min 30 s"), ladder.Cause);
    }

    [Fact]
    public void A_lease_counts_from_when_the_agent_last_asked_and_is_never_shortened()
    {
        var ladder = Started(Job(grace: 30, lease: 1_000));

        ladder.Renew(At(500));
        ladder.Renew(At(400));

        Assert.Equal(Rung.Nothing, ladder.Next(At(1_369)));
        Assert.Equal(Rung.Terminate, ladder.Next(At(1_370)));
        Assert.Equal(At(1_400), ladder.LookAgainAt);
    }

    [Fact]
    public void After_a_long_freeze_what_has_run_out_gets_no_grace()
    {
        var ladder = Started(Job(grace: 30, lease: 1_000));

        Assert.Equal(Rung.Kill, ladder.Next(At(5_000)));
    }

    [Fact]
    public void A_lease_ends_also_the_grace_of_a_stop()
    {
        var ladder = Started(Job(grace: 600, lease: 1_000));
        ladder.Ask(Stopped, At(890));
        Assert.Equal(Rung.Terminate, ladder.Next(At(890)));

        Assert.Equal(At(900), ladder.LookAgainAt);
        Assert.Equal(Rung.Kill, ladder.Next(At(900)));
        Assert.Equal(Stopped, ladder.Cause);
    }

    [Fact]
    public void A_grace_longer_than_the_lease_does_not_end_a_command_as_it_begins()
    {
        var ladder = Started(Job(grace: 900, lease: 900));

        Assert.Equal(Rung.Nothing, ladder.Next(At(1)));
        Assert.Equal(At(510), ladder.LookAgainAt);
    }

    [Fact]
    public void One_that_waits_is_not_started_just_to_be_asked_to_end_and_is_given_up_at_the_end_of_its_lease()
    {
        var ladder = new Ladder(Job(grace: 30, lease: 1_000), At(0));

        Assert.True(ladder.MayStart(At(869)));
        Assert.False(ladder.MayStart(At(870)));
        Assert.Null(ladder.GivenUpBeforeStart(At(899)));
        Assert.Equal(OutcomeKind.Fenced, ladder.GivenUpBeforeStart(At(900))!.Kind);

        ladder.Renew(At(100));

        Assert.True(ladder.MayStart(At(900)));
        Assert.Null(ladder.GivenUpBeforeStart(At(900)));
    }

    [Fact]
    public void One_without_a_lease_waits_for_as_long_as_it_takes()
    {
        var ladder = new Ladder(Job(), At(0));

        Assert.True(ladder.MayStart(At(1_000_000)));
        Assert.Null(ladder.GivenUpBeforeStart(At(1_000_000)));
    }

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);

    private static Ladder Started(Assignment assignment)
    {
        var ladder = new Ladder(assignment, At(0));
        ladder.Start(At(0));
        return ladder;
    }

    private static Assignment Job(double runtime = 100_000, double grace = 10, double? lease = null) => new(
        new AttemptId(new JobId(1), 1), new WorkflowId(3), 1, "fit", "./fit", null, "/work", new Dictionary<string, string>(),
        ResourceRequirements.Default with { Runtime = At(runtime) }, [], [], null, At(grace), lease is { } seconds ? At(seconds) : null);
}
