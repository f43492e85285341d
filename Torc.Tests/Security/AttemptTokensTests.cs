using Torc.Shared.Jobs;
using Torc.Web.Security;
using Xunit;

namespace Torc.Tests.Security;

public sealed class AttemptTokensTests
{
    private readonly AttemptTokens _tokens = new([1, 2, 3]);

    [Fact]
    public void A_token_tells_whose_it_is_and_no_other_server_takes_it()
    {
        var attempt = new AttemptId(new JobId(17), 2);
        string token = _tokens.For(attempt);

        Assert.Equal(attempt, _tokens.Read(token));
        Assert.Null(new AttemptTokens([1, 2, 4]).Read(token));
        Assert.Null(_tokens.Read(token.Replace("17", "18", StringComparison.Ordinal)));
        Assert.Null(_tokens.Read(token.Replace(".2.", ".3.", StringComparison.Ordinal)));
        Assert.Null(_tokens.Read(token[..^1]));
        Assert.Null(_tokens.Read(token + "A"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("attempt.")]
    [InlineData("attempt.1.1")]
    [InlineData("attempt.1.1.")]
    [InlineData("attempt.-1.1.AAAA")]
    [InlineData("attempt.1.99999999999999.AAAA")]
    [InlineData("attempt.1.1.2.AAAA")]
    public void What_is_none_is_refused(string text) => Assert.Null(_tokens.Read(text));
}
