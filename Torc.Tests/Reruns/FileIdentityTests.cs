using Torc.Shared.Reruns;
using Xunit;

namespace Torc.Tests.Reruns;

public sealed class FileIdentityTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_000_000);

    [Theory]
    [InlineData(10, 10, true)]
    [InlineData(2, 2, true)]
    [InlineData(1.9, 10, false)]
    [InlineData(10, 1.9, false)]
    [InlineData(-10, 10, false)]
    public void A_file_is_at_rest_when_neither_its_content_nor_what_is_said_of_it_has_just_changed(double modifiedBefore, double changedBefore, bool isSettled)
    {
        var identity = new FileIdentity(1, Ago(modifiedBefore), Ago(changedBefore), 4, 5);

        Assert.Equal(isSettled, identity.IsSettledAt(Now));
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        var identity = new FileIdentity(long.MaxValue, -3, 5, ulong.MaxValue, 7);

        Assert.Equal(identity, FileIdentity.Parse(identity.ToString()));
        Assert.Null(FileIdentity.Parse("1.2.3.4"));
        Assert.Null(FileIdentity.Parse(null));
    }

    private static long Ago(double seconds) => (Now - TimeSpan.FromSeconds(seconds) - DateTimeOffset.UnixEpoch).Ticks * 100;
}
