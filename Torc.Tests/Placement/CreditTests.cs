using Torc.Shared.Jobs;
using Torc.Shared.Placement;
using Torc.Shared.Quantities;
using Xunit;

namespace Torc.Tests.Placement;

public sealed class CreditTests
{
    private static readonly ResourceRequirements One = new(1, MemorySize.Gibibytes(1), 0, 1, TimeSpan.FromHours(1));
    private static readonly ResourceRequirements Other = One with { Memory = MemorySize.Gibibytes(2) };
    private static readonly NodeCapacity Node = new(2, MemorySize.Gibibytes(8), 0);

    private readonly Credit _credit = new(TimeSpan.FromMilliseconds(100));
    private readonly ReadyQueue _ready = new();

    [Fact]
    public void Jobs_of_which_nobody_knows_how_long_they_run_are_not_sent_ahead()
    {
        Wait(One, 10);

        Assert.Equal(0, Sent());
        Assert.Equal(10, _ready.Count);
    }

    [Fact]
    public void So_many_are_sent_ahead_as_keep_all_CPUs_busy_for_the_time()
    {
        Wait(One, 1_000);
        Learn(One, 5);

        Assert.Equal(40, Sent());
    }

    [Fact]
    public void However_short_jobs_are_starting_them_takes_time()
    {
        Wait(One, 1_000);
        Learn(One, 0);

        Assert.Equal(400, Sent());
    }

    [Fact]
    public void Jobs_that_run_longer_than_the_time_are_not_sent_ahead_however_many_run_at_once()
    {
        Wait(One, 1_000);
        Learn(One, 101);

        Assert.Equal(0, Sent());
    }

    [Fact]
    public void One_long_job_counts_at_once_and_is_forgotten_little_by_little()
    {
        Wait(One, 1_000);
        Learn(One, 1);
        Learn(One, 500);
        Assert.Equal(0, Sent());

        for (int job = 0; job < 40; job++)
        {
            Learn(One, 1);
        }

        Assert.InRange(Sent(), 20, 100);
    }

    [Fact]
    public void What_was_sent_ahead_counts_and_nothing_is_added_before_half_of_it_is_gone()
    {
        Wait(One, 1_000);
        Learn(One, 5);

        Assert.Equal(0, Sent(line: 21));
        Assert.Equal(20, Sent(line: 20));
    }

    [Fact]
    public void Classes_are_known_apart()
    {
        Learn(One, 5);
        Wait(Other, 10);

        Assert.Equal(0, Sent());
    }

    [Fact]
    public void What_never_fits_on_the_node_is_not_sent_to_it()
    {
        var large = One with { Cpus = 3 };
        Wait(large, 10);
        Learn(large, 5);

        Assert.Equal(0, Sent());
    }

    [Fact]
    public void A_node_that_goes_by_count_is_kept_busy_by_count()
    {
        var large = One with { Cpus = 3 };
        Wait(large, 1_000);
        Learn(large, 5);

        Assert.Equal(80, _credit.Choose(_ready, Node with { MaxParallelJobs = 4 }, [large], [], TimeSpan.Zero).Count);
    }

    [Fact]
    public void Behind_long_jobs_alone_nothing_is_lined_up()
    {
        Wait(One, 10);
        Learn(One, 5);
        Learn(Other, 5_000);

        Assert.Empty(_credit.Choose(_ready, Node, [Other, Other], [], TimeSpan.Zero));
        Assert.Equal(10, _credit.Choose(_ready, Node, [Other, One], [], TimeSpan.Zero).Count);
    }

    [Fact]
    public void Those_of_a_class_that_turned_out_long_fill_the_line()
    {
        Wait(Other, 10);
        Learn(Other, 5);
        Learn(One, 5_000);

        Assert.Empty(_credit.Choose(_ready, Node, [Other], [One], TimeSpan.Zero));
    }

    [Fact]
    public void With_no_time_to_fill_nothing_is_sent_ahead()
    {
        var none = new Credit(TimeSpan.Zero);
        Wait(One, 10);
        none.Learn(One, TimeSpan.Zero);

        Assert.Empty(none.Choose(_ready, Node, [One], [], TimeSpan.Zero));
    }

    private void Wait(ResourceRequirements needs, int count)
    {
        for (int job = 1; job <= count; job++)
        {
            _ready.Add(new ReadyJob(new JobId(job), needs, 0, 1));
        }
    }

    private void Learn(ResourceRequirements needs, int milliseconds) => _credit.Learn(needs, TimeSpan.FromMilliseconds(milliseconds));

    private int Sent(int line = 0) => _credit.Choose(_ready, Node, [One, Other], Enumerable.Repeat(One, line), TimeSpan.Zero).Count;
}
