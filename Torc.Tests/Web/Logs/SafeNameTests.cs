using Torc.Web.Logs;
using Xunit;

namespace Torc.Tests.Web.Logs;

public sealed class SafeNameTests
{
    [Theory]
    [InlineData("work1", "work1")]
    [InlineData("fit-a_0.1+b", "fit-a_0.1+b")]
    [InlineData("../../etc/passwd", "___.._etc_passwd")]
    [InlineData("..", "_")]
    [InlineData(".bashrc", "_bashrc")]
    [InlineData("a/b\\c", "a_b_c")]
    [InlineData("a\r\nSet-Cookie: x\"", "a__Set-Cookie__x_")]
    [InlineData("größe \u202ecod", "gr__e__cod")]
    [InlineData("end.", "end")]
    [InlineData("", "_")]
    public void A_name_of_a_job_becomes_the_name_of_a_file(string name, string expected) => Assert.Equal(expected, SafeName.Of(name));

    [Fact]
    public void It_is_never_long() => Assert.Equal(100, SafeName.Of(new string('x', 5000)).Length);
}
