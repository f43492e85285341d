using System.Globalization;
using Torc.Agent.Files;
using Torc.Shared.Reruns;
using Torc.Tests.Agent.Support;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.Agent.Files;

public sealed class FileDigesterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FileDigester _digester = new(TimeProvider.System);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_in_a_file_is_told_by_a_digest_and_its_identity_by_the_system()
    {
        Write("a", "text");

        var fact = Read("a");

        Assert.Equal(FileState.Present, fact.State);
        Assert.Equal(4, fact.Identity!.Value.Size);
        Assert.Matches("^xxh128:[0-9a-f]{32}$", fact.Digest);
        Assert.NotNull(fact.ReadAt);
        Assert.True(fact.Identity.Value.ModifiedNs / 1_000_000 <= fact.ReadAt.Value.ToUnixTimeMilliseconds());
    }

    [Fact]
    public async Task An_edit_that_keeps_the_size_and_puts_the_time_back_is_seen()
    {
        var time = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        Write("a", "text");
        File.SetLastWriteTimeUtc(_folder.At("a"), time);
        var before = Read("a");

        // Some file systems have clocks that tick every few milliseconds.
        var after = await Waiting.UntilAsync(
            () =>
            {
                Write("a", "tent");
                File.SetLastWriteTimeUtc(_folder.At("a"), time);
                return Task.FromResult(Read("a"));
            },
            edited => edited.Identity!.Value.ChangedNs != before.Identity!.Value.ChangedNs,
            "the file system's clock ticked");

        Assert.Equal(before.Identity!.Value.Size, after.Identity!.Value.Size);
        Assert.Equal(before.Identity.Value.ModifiedNs, after.Identity.Value.ModifiedNs);
        Assert.NotEqual(before.Digest, after.Digest);
    }

    [Fact]
    public void One_that_was_touched_has_another_identity_and_the_same_digest()
    {
        Write("a", "text");
        var before = Read("a");

        File.SetLastWriteTimeUtc(_folder.At("a"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        var after = Read("a");
        Assert.NotEqual(before.Identity, after.Identity);
        Assert.Equal(before.Digest, after.Digest);
    }

    [Fact]
    public void A_link_is_what_it_leads_to()
    {
        Write("a", "text");
        File.CreateSymbolicLink(_folder.At("link"), "a");

        Assert.Equal(Read("a").Identity, Read("link").Identity);
        Assert.Equal(Read("a").Digest, Read("link").Digest);
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("no/such/folder/file")]
    [InlineData("file/below")]
    [InlineData("dangling")]
    public void What_is_not_there_is_missing(string path)
    {
        Write("file", "");
        File.CreateSymbolicLink(_folder.At("dangling"), "nothing");

        Assert.Equal(new FileFact(path, FileState.Missing), Read(path));
    }

    [Fact]
    public void What_cannot_be_looked_at_is_unknown_and_says_why()
    {
        File.CreateSymbolicLink(_folder.At("round"), "round");

        var fact = Read("round");

        Assert.Equal(FileState.Unknown, fact.State);
        Assert.Contains("symbolic links", fact.Problem, StringComparison.Ordinal);
        Assert.Equal(FileState.Unknown, Read(new string('x', 300)).State);
        Assert.Equal(FileState.Unknown, Read("a\0b").State);
    }

    [Fact]
    public void What_may_not_be_read_is_unknown_and_not_missing()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "nothing is forbidden to root");
        Write("secret", "text");
        File.SetUnixFileMode(_folder.At("secret"), UnixFileMode.None);

        var fact = Read("secret");

        Assert.Equal(FileState.Unknown, fact.State);
        Assert.Contains("denied", fact.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nowhere", "is not on this node")]
    [InlineData("file", "is no folder")]
    public void Where_the_working_directory_is_not_nothing_is_known_of_any_file(string directory, string problem)
    {
        Write("file", "");

        foreach (string path in new[] { "a", _folder.At("a") })
        {
            var fact = _digester.Read(_folder.At(directory), path, Cancel);

            Assert.Equal(FileState.Unknown, fact.State);
            Assert.Contains(problem, fact.Problem, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_pipe_is_not_opened()
    {
        using (var made = System.Diagnostics.Process.Start("mkfifo", _folder.At("pipe")))
        {
            await made.WaitForExitAsync(Cancel);
        }

        Assert.Equal("special:pipe", Read("pipe").Digest);
        Assert.Equal("special:character_device", Read("/dev/zero").Digest);
    }

    [Fact]
    public void Of_a_file_that_is_too_large_to_read_size_and_time_have_to_do()
    {
        using (var file = File.Create(_folder.At("large")))
        {
            file.SetLength(FileDigester.LargestRead + 1);
        }

        var fact = Read("large");

        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"stat:1073741825:{fact.Identity!.Value.ModifiedNs}"), fact.Digest);
    }

    [Fact]
    public void One_that_changes_whenever_it_is_read_is_unknown()
    {
        Write("a", "text");
        string text = "text";
        var digester = new FileDigester(new Meddler(() => Write("a", text += " and more")));

        var fact = digester.Read(_folder.Path, "a", Cancel);

        Assert.Equal(FileState.Unknown, fact.State);
        Assert.Contains("changes while it is read", fact.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_changes_once_while_it_is_read_is_read_again()
    {
        Write("a", "text");
        Write("b", "text and more");
        int times = 0;
        var digester = new FileDigester(new Meddler(() =>
        {
            if (times++ == 0)
            {
                Write("a", "text and more");
            }
        }));

        Assert.Equal(Read("b").Digest, digester.Read(_folder.Path, "a", Cancel).Digest);
    }

    [Fact]
    public void Reading_ends_when_it_is_canceled()
    {
        Write("a", "text");

        Assert.Throws<OperationCanceledException>(() => _digester.Read(_folder.Path, "a", new CancellationToken(canceled: true)));
    }

    private FileFact Read(string path) => _digester.Read(_folder.Path, path, Cancel);

    private void Write(string name, string text) => _folder.Write(name, text);

    /// <summary>Does something after a file was looked at and before it is read, as that is when somebody asks for the time.</summary>
    private sealed class Meddler(Action meddle) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow()
        {
            meddle();
            return base.GetUtcNow();
        }
    }
}
