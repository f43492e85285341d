using Torc.Shared.Jobs;
using Torc.Shared.Placement;
using Torc.Shared.Quantities;
using Xunit;

namespace Torc.Tests.Placement;

/// <summary>Minutes are counted from the moment at which all jobs became ready and were looked at, where nothing else is said.</summary>
public sealed class NodeHoldsTests
{
    private static readonly NodeCapacity Four = new(4, MemorySize.Gibibytes(8), 0);

    private readonly ReadyQueue _ready = new();
    private readonly NodeHolds _holds = new();

    [Theory]
    [InlineData(3, 2.9, false)]
    [InlineData(3, 3, true)]
    [InlineData(600, 9.9, false)]
    [InlineData(600, 10, true)]
    public void A_node_is_held_for_a_job_that_has_waited_in_front_for_as_long_as_it_runs_and_at_most_ten_minutes(int runs, double waited, bool isHeld)
    {
        var large = Add(1, cpus: 4, minutes: runs);

        Assert.Equal(isHeld ? large : null, Look(waited, Room(1, Taken(1, until: 60)))[0]?.Job);
    }

    [Fact]
    public void No_node_is_held_for_a_job_whose_turn_has_not_come()
    {
        var first = Add(1, cpus: 4, minutes: 6);
        var second = Add(2, cpus: 3, minutes: 5);
        Assert.Null(Look(5, Room(1, Taken(2, until: 60)))[0]);
        Assert.Equal(first, Look(6, Room(1, Taken(2, until: 60)))[0]?.Job);

        _ready.Start(first, At(10));

        Assert.Null(Look(10, Room(1, Taken(4, until: 60)))[0]);
        Assert.Equal(second, Look(15, Room(1, Taken(4, until: 60)))[0]?.Job);
    }

    [Fact]
    public void Nobody_is_in_front_of_a_job_who_came_later_or_can_run_nowhere()
    {
        _ready.Add(Late(1, cpus: 2, minutes: 60));
        _ready.Add(Job(2, cpus: 64, minutes: 60));
        var large = Add(3, cpus: 4, minutes: 5);

        Assert.Equal(large, Look(5, Room(1, Taken(4, until: 60)))[0]?.Job);
    }

    [Fact]
    public void The_node_where_it_can_start_soonest_is_held()
    {
        Add(1, cpus: 4, minutes: 5);

        var holds = Look(5, Room(1, Taken(2, until: 60)), Room(2, Taken(1, until: 20), Taken(1, until: 30)), Room(3, Taken(4, until: 40)));

        Assert.Equal([null, At(30), null], holds.Select(hold => hold?.StartsAt));
    }

    [Fact]
    public void Meanwhile_start_jobs_that_end_in_time_and_jobs_that_leave_it_room()
    {
        Add(1, cpus: 3, minutes: 5);
        var hold = Look(5, Room(1, Taken(2, until: 20), Taken(1, until: 60)))[0]!;

        Assert.True(hold.Allows(Late(2, cpus: 1, minutes: 15), At(5)));
        Assert.False(hold.Allows(Late(3, cpus: 1, minutes: 16), At(5)));
        Assert.True((hold with { Beside = Four }).Allows(Late(3, cpus: 1, minutes: 16), At(5)));
    }

    [Fact]
    public void A_higher_priority_does_not_stop_at_a_hold()
    {
        Add(1, cpus: 4, minutes: 5);
        var hold = Look(5, Room(1, Taken(2, until: 20)))[0]!;

        Assert.False(hold.Allows(Late(2, cpus: 2, minutes: 60), At(5)));
        Assert.True(hold.Allows(Late(2, cpus: 2, minutes: 60) with { Priority = 1 }, At(5)));
    }

    [Fact]
    public void Those_that_go_before_it_and_were_there_before_it_overtake_nobody()
    {
        Add(1, cpus: 4, minutes: 5);
        var hold = Look(5, Room(1, Taken(2, until: 20)))[0]!;

        Assert.True(hold.Allows(Job(2, cpus: 2, minutes: 60), At(5)));
        Assert.False(hold.Allows(Job(2, cpus: 2, minutes: 60) with { ReadySince = At(1) }, At(5)));
        Assert.False(hold.Allows(Job(2, cpus: 2, minutes: 60) with { SortMethod = SortMethod.None }, At(5)));
    }

    [Fact]
    public void What_is_late_may_end_at_any_moment()
    {
        Add(1, cpus: 4, minutes: 5);

        Assert.Equal(At(30), Look(30, Room(1, Taken(4, until: 20)))[0]!.StartsAt);
    }

    [Fact]
    public void When_one_of_them_has_started_the_others_wait_anew()
    {
        var first = Add(1, cpus: 4, minutes: 5);
        Add(2, cpus: 4, minutes: 5);
        Assert.NotNull(Look(5, Room(1))[0]);

        _ready.Start(first, At(5));

        Assert.Null(Look(5, Room(1, Taken(4, until: 10)))[0]);
        Assert.Null(Look(9, Room(1, Taken(4, until: 10)))[0]);
        Assert.NotNull(Look(10, Room(1, Taken(4, until: 10)))[0]);
    }

    [Fact]
    public void A_node_that_is_gone_is_held_no_longer_and_another_one_is()
    {
        Add(1, cpus: 4, minutes: 5);
        Look(5, Room(1, Taken(4, until: 20)), Room(2, Taken(4, until: 30)));

        Assert.Equal(At(30), Look(6, Room(2, Taken(4, until: 30)))[0]?.StartsAt);
    }

    [Fact]
    public void No_node_is_held_that_will_be_gone_before_the_job_has_ended()
    {
        Add(1, cpus: 4, minutes: 5);
        var ending = Room(1, Taken(4, until: 20)) with { Capacity = Four with { TimeLeft = TimeSpan.FromMinutes(19) } };

        Assert.Null(Look(5, ending)[0]);
    }

    [Fact]
    public void At_most_half_of_the_nodes_are_held_and_the_highest_priority_comes_first()
    {
        Add(1, cpus: 4, minutes: 1);
        var urgent = Add(2, cpus: 3, minutes: 2, priority: 1);
        Add(3, cpus: 2, minutes: 3);

        var holds = Look(5, Room(1, Taken(4, until: 30)), Room(2, Taken(4, until: 20)));

        Assert.Equal([null, urgent], holds.Select(hold => hold?.Job));
    }

    private NodeHold?[] Look(double minute, params NodeRoom[] rooms)
    {
        _holds.Refresh(_ready, rooms, At(minute));
        return [.. rooms.Select(room => _holds.On(room, _ready, At(minute)))];
    }

    private ReadyJob Add(long id, int cpus, int minutes, int priority = 0)
    {
        var job = Job(id, cpus, minutes) with { Priority = priority };
        _ready.Add(job);
        Look(0, Room(1));
        return job;
    }

    private static NodeRoom Room(long id, params Occupant[] occupants) =>
        new(new NodeId(id), $"n{id}", Four, occupants.Aggregate(Four, (free, occupant) => free.Less(occupant.Needs)), occupants);

    private static Occupant Taken(int cpus, int until) => new(Job(99, cpus, minutes: 1).Needs, At(until));

    private static ReadyJob Job(long id, int cpus, int minutes) =>
        new(new JobId(id), new ResourceRequirements(cpus, new MemorySize(0), 0, 1, TimeSpan.FromMinutes(minutes)), 0, 1);

    // It came after the others.
    private static ReadyJob Late(long id, int cpus, int minutes) => Job(id, cpus, minutes) with { ReadySince = At(4) };

    private static TimeSpan At(double minute) => TimeSpan.FromMinutes(minute);
}
