using Torc.Agent.Running;
using Torc.Shared.Quantities;
using Xunit;

namespace Torc.Tests.Agent.Running;

public sealed class MemoryPaceTests
{
    [Theory]
    [InlineData(0, 1000)]
    [InlineData(59, 1000)]
    [InlineData(60, 1000)]
    [InlineData(70, 550)]
    [InlineData(80, 100)]
    [InlineData(81, 100)]
    [InlineData(500, 100)]
    public void The_closer_to_the_limit_the_sooner_it_is_measured_again(int percent, int milliseconds) =>
        Assert.Equal(milliseconds, (int)Math.Round(MemoryPace.After(MemorySize.Mebibytes(percent), MemorySize.Mebibytes(100)).TotalMilliseconds));

    [Fact]
    public void Without_a_limit_there_is_no_hurry() => Assert.Equal(MemoryPace.Slow, MemoryPace.After(MemorySize.Gibibytes(100), default));
}
