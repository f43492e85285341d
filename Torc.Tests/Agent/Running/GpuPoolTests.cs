using Torc.Agent.Running;
using Torc.Shared.Jobs;
using Xunit;

namespace Torc.Tests.Agent.Running;

public sealed class GpuPoolTests
{
    private readonly GpuPool _pool = new();

    [Fact]
    public void Nobody_gets_what_another_has()
    {
        _pool.Offer(["a", "b", "c"]);

        Assert.Equal(["a", "b"], _pool.Take(Attempt(1), 2));
        Assert.Equal(["c"], _pool.Take(Attempt(2), 1));
        Assert.Empty(_pool.Take(Attempt(3), 1));
    }

    [Fact]
    public void What_was_given_back_is_given_again()
    {
        _pool.Offer(["a", "b"]);
        _pool.Take(Attempt(1), 1);
        _pool.Take(Attempt(2), 1);

        _pool.Release(Attempt(1));

        Assert.Equal(["a"], _pool.Take(Attempt(3), 1));
    }

    [Fact]
    public void One_that_is_offered_again_is_still_held_by_whom_it_was_given_to()
    {
        _pool.Offer(["a", "b"]);
        _pool.Take(Attempt(1), 1);

        _pool.Offer(["b", "a"]);

        Assert.Equal(["b"], _pool.Take(Attempt(2), 2));
    }

    [Fact]
    public void One_that_is_named_twice_is_one()
    {
        _pool.Offer(["a", "a"]);

        Assert.Equal(["a"], _pool.Take(Attempt(1), 2));
    }

    private static AttemptId Attempt(int job) => new(new JobId(job), 1);
}
