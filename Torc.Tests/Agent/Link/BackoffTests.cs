using Torc.Agent.Link;
using Xunit;

namespace Torc.Tests.Agent.Link;

public sealed class BackoffTests
{
    [Fact]
    public void Tries_get_rarer_up_to_a_limit_and_never_at_the_same_moments()
    {
        var backoff = new Backoff(new Random(1));

        double[] waits = [.. Enumerable.Range(0, 10).Select(_ => backoff.Next().TotalSeconds)];

        double[] whole = [0.2, 0.4, 0.8, 1.6, 3.2, 5, 5, 5, 5, 5];
        Assert.All(waits.Zip(whole), wait => Assert.InRange(wait.First, wait.Second / 2, wait.Second));
        Assert.Equal(5, waits[5..].Distinct().Count());
    }

    [Fact]
    public void Success_starts_over()
    {
        var backoff = new Backoff(new Random(1));
        backoff.Next();
        backoff.Next();

        backoff.Reset();

        Assert.InRange(backoff.Next().TotalSeconds, 0.1, 0.2);
    }
}
