using Torc.Shared.Jobs;
using Torc.Shared.Placement;
using Torc.Shared.Quantities;
using Xunit;

namespace Torc.Tests.Placement;

public sealed class NodeLedgerTests
{
    private static readonly ResourceRequirements Two = new(2, MemorySize.Gibibytes(1), 0, 1, TimeSpan.FromHours(1));

    private static readonly ResourceRequirements One = Two with { Cpus = 1 };

    private readonly NodeLedger _ledger = new(new NodeCapacity(3, MemorySize.Gibibytes(8), 0));

    [Fact]
    public void Room_is_taken_and_given_back_to_the_byte()
    {
        _ledger.Take(Attempt(1), Two);
        Assert.Equal(new NodeCapacity(1, MemorySize.Gibibytes(7), 0), _ledger.Free);

        _ledger.Release(Attempt(1));
        Assert.Equal(_ledger.Capacity, _ledger.Free);
    }

    [Fact]
    public void More_than_there_is_cannot_be_taken()
    {
        _ledger.Take(Attempt(1), Two);

        Assert.Throws<InvalidOperationException>(() => _ledger.Take(Attempt(2), Two));
    }

    [Fact]
    public void An_attempt_is_booked_once_and_released_once()
    {
        _ledger.Take(Attempt(1), new ResourceRequirements(1, new MemorySize(0), 0, 1, TimeSpan.FromHours(1)));

        Assert.Throws<InvalidOperationException>(() => _ledger.Adopt(Attempt(1), Two));
        _ledger.Release(Attempt(1));
        _ledger.Release(Attempt(1));
        Assert.Equal(_ledger.Capacity, _ledger.Free);
    }

    [Fact]
    public void A_node_that_came_back_smaller_takes_nothing_until_enough_has_ended()
    {
        _ledger.Take(Attempt(1), Two);

        _ledger.Resize(new NodeCapacity(1, MemorySize.Gibibytes(8), 0));

        Assert.False(_ledger.Free.Fits(Two));
        Assert.Equal(-1, _ledger.Free.Cpus);
    }

    [Fact]
    public void A_node_that_goes_by_count_has_room_for_so_many_jobs_and_not_for_one_more()
    {
        _ledger.Resize(new NodeCapacity(1, new MemorySize(0), 0, MaxParallelJobs: 2));

        _ledger.Take(Attempt(1), Two);
        _ledger.Take(Attempt(2), Two);
        Assert.Throws<InvalidOperationException>(() => _ledger.Take(Attempt(3), Two));

        _ledger.Release(Attempt(1));
        _ledger.Take(Attempt(3), Two);
    }

    [Fact]
    public void What_was_sent_ahead_gets_room_in_its_order_when_some_is_given_back()
    {
        _ledger.Take(Attempt(1), Two);
        _ledger.LineUp(Attempt(2), Two);
        _ledger.LineUp(Attempt(3), Two);
        Assert.Equal(1, _ledger.Free.Cpus);

        _ledger.Release(Attempt(1));

        Assert.Equal([Attempt(2)], _ledger.Placed.Keys);
        Assert.Equal([Attempt(3)], _ledger.Line.Select(place => place.Attempt));
        Assert.Equal(1, _ledger.Free.Cpus);
    }

    [Fact]
    public void A_small_one_in_the_line_does_not_wait_behind_a_large_one()
    {
        _ledger.Take(Attempt(1), Two);
        _ledger.Take(Attempt(2), One);
        _ledger.LineUp(Attempt(3), Two);
        _ledger.LineUp(Attempt(4), One);

        _ledger.Release(Attempt(2));

        Assert.Equal([Attempt(1), Attempt(4)], _ledger.Placed.Keys);
    }

    [Fact]
    public void What_the_node_started_has_room_even_where_the_books_had_none()
    {
        _ledger.Take(Attempt(1), Two);
        _ledger.LineUp(Attempt(2), Two);

        _ledger.Started(Attempt(2));

        Assert.Empty(_ledger.Line);
        Assert.Equal(-1, _ledger.Free.Cpus);
        _ledger.Release(Attempt(2));
        Assert.Equal(1, _ledger.Free.Cpus);
    }

    [Fact]
    public void What_leaves_the_line_took_no_room_and_gives_none_back()
    {
        _ledger.LineUp(Attempt(1), Two);
        Assert.Throws<InvalidOperationException>(() => _ledger.Adopt(Attempt(1), Two));

        _ledger.Release(Attempt(1));

        Assert.False(_ledger.Holds(Attempt(1)));
        Assert.Equal(_ledger.Capacity, _ledger.Free);
    }

    [Fact]
    public void A_node_that_came_back_larger_has_room_for_its_line()
    {
        _ledger.Take(Attempt(1), Two);
        _ledger.LineUp(Attempt(2), Two);

        _ledger.Resize(new NodeCapacity(4, MemorySize.Gibibytes(8), 0));

        Assert.Empty(_ledger.Line);
        Assert.Equal(0, _ledger.Free.Cpus);
    }

    private static AttemptId Attempt(long job) => new(new JobId(job), 1);
}
