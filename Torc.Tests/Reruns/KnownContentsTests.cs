using Torc.Shared.Reruns;
using Xunit;

namespace Torc.Tests.Reruns;

public sealed class KnownContentsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 12, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1.9, false)]
    [InlineData(2, true)]
    public void A_file_is_known_by_its_identity_if_it_was_at_rest_when_it_was_read(double secondsLater, bool isKnown)
    {
        var identity = WrittenAt(Noon);
        var known = new KnownContents([new KnownContent("a", identity, "xxh128:1", Noon.AddSeconds(secondsLater))]);

        Assert.Equal(isKnown ? identity : null, known.IdentityOf("a"));
        Assert.Equal(isKnown ? FileState.Present : FileState.Unknown, known.FactOf("a").State);
    }

    [Fact]
    public void Of_several_readings_the_newest_counts_in_whatever_order_they_come()
    {
        KnownContent[] readings = [Reading(1), Reading(3), Reading(2)];

        Assert.Equal(new FileFact("a", FileState.Present, readings[1].Identity, "xxh128:3", readings[1].ReadAt), new KnownContents(readings).FactOf("a"));
    }

    [Fact]
    public void News_are_a_file_that_was_never_read_and_one_that_is_not_as_it_was()
    {
        var known = new KnownContents([Reading(1)]);

        Assert.False(known.IsNews(known.FactOf("a")));
        Assert.True(known.IsNews(known.FactOf("a") with { Digest = "xxh128:2" }));
        Assert.True(known.IsNews(known.FactOf("b")));
    }

    [Fact]
    public void Of_a_file_that_was_never_read_nothing_is_known_whoever_is_silent() =>
        Assert.Equal((null, FileState.Unknown), (new KnownContents([]).IdentityOf("a"), new KnownContents([]).FactOf("a").State));

    private static KnownContent Reading(int hour) => new("a", WrittenAt(Noon), $"xxh128:{hour}", Noon.AddHours(hour));

    private static FileIdentity WrittenAt(DateTimeOffset at) => new(4, at.ToUnixTimeMilliseconds() * 1_000_000, at.ToUnixTimeMilliseconds() * 1_000_000, 1, 1);
}
