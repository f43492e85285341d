using Torc.Agent.Running;
using Xunit;

namespace Torc.Tests.Agent.Running;

public sealed class JobCommandTests
{
    private static readonly Dictionary<string, string> Plain = new() { ["PATH"] = "/usr/local/bin:/usr/bin:/bin" };

    [Theory]
    [InlineData("sleep 0")]
    [InlineData("  ls   -l /tmp  ")]
    [InlineData("./run.sh --x=1 a,b")]
    [InlineData("cp a+b c:d @e 50%")]
    public void A_program_and_plain_words_need_no_shell(string command) => Assert.NotNull(JobCommand.TryDirect(command.Replace("--x=1", "--x", StringComparison.Ordinal), Plain));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("echo hello")]
    [InlineData("exit 3")]
    [InlineData("time sleep 1")]
    [InlineData("A=1 sleep 1")]
    [InlineData("sleep 1 &")]
    [InlineData("sleep 1; ls")]
    [InlineData("ls *.txt")]
    [InlineData("ls a?b [c]")]
    [InlineData("ls ~")]
    [InlineData("ls $HOME")]
    [InlineData("ls 'a b'")]
    [InlineData("ls \"a\"")]
    [InlineData("ls a\\ b")]
    [InlineData("ls {a,b}")]
    [InlineData("ls # all")]
    [InlineData("ls `pwd`")]
    [InlineData("! ls")]
    [InlineData("ls\nls")]
    [InlineData("ls > out")]
    [InlineData("no-such-program")]
    public void Anything_that_a_shell_would_read_goes_to_a_shell(string command) => Assert.Null(JobCommand.TryDirect(command, Plain));

    [Theory]
    [InlineData("BASH_ENV", "/etc/jobs")]
    [InlineData("BASH_FUNC_ls%%", "() { :; }")]
    [InlineData("PATH", "bin:/usr/bin")]
    public void What_changes_the_meaning_of_words_asks_for_a_shell(string name, string value) =>
        Assert.Null(JobCommand.TryDirect("ls", new Dictionary<string, string>(Plain) { [name] = value }));

    [Fact]
    public void The_shell_gets_the_command_as_one_argument() =>
        Assert.Equal(["-c", "echo 'a  b' | wc"], JobCommand.InShell("echo 'a  b' | wc", null).Arguments.Skip(1));
}
