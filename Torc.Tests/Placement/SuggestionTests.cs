using Torc.Shared.Placement;
using Torc.Shared.Quantities;
using Xunit;

namespace Torc.Tests.Placement;

public sealed class SuggestionTests
{
    [Theory]
    [InlineData(200, 200, 448)] // twice 200 is no multiple of 64
    [InlineData(200, 298, 448)]
    [InlineData(100, 299, 512)]
    [InlineData(512, 0, 1024)]
    public void A_job_out_of_memory_is_offered_twice_what_it_had_or_half_more_than_it_used(int granted, int peak, int offered) =>
        Assert.Equal(MemorySize.Mebibytes(offered), Suggestion.AfterOutOfMemory(MemorySize.Mebibytes(granted), MemorySize.Mebibytes(peak)));

    [Fact]
    public void A_job_that_took_too_long_is_offered_half_more_in_whole_seconds() =>
        Assert.Equal(TimeSpan.FromSeconds(2), Suggestion.AfterTimeout(TimeSpan.FromSeconds(1)));
}
