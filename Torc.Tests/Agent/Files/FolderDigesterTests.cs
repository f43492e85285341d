using Torc.Agent.Files;
using Torc.Shared.Reruns;
using Torc.Tests.Agent.Support;
using Xunit;

namespace Torc.Tests.Agent.Files;

public sealed class FolderDigesterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FileDigester _digester = new(TimeProvider.System);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Folders_with_the_same_in_them_have_the_same_digest_in_whatever_order_it_came()
    {
        Make("one", "a", "b", "c", "deep/a", "deep/b");
        Make("two", "deep/b", "c", "deep/a", "b", "a");

        Assert.Matches("^folder:[0-9a-f]{32}$", Digest("one"));
        Assert.Equal(Digest("one"), Digest("two"));
    }

    [Fact]
    public void A_change_below_is_seen()
    {
        (string What, Action Change)[] changes =
        [
            ("a file is added", () => Write("deep/new", "")),
            ("an empty folder is added", () => Directory.CreateDirectory(At("deep/empty"))),
            ("a file is removed", () => File.Delete(At("deep/new"))),
            ("a file is edited", () => Write("deep/a", "other")),
            ("a file is renamed", () => File.Move(At("deep/a"), At("deep/z"))),
            ("a file is moved", () => File.Move(At("deep/z"), At("z"))),
            ("a link leads elsewhere", () => Replace("link", link => File.CreateSymbolicLink(link, "b"))),
            ("a link becomes what it leads to", () => Replace("link", _ => Write("link", "b"))),
            ("a file becomes a folder", () => Replace("a", folder => Directory.CreateDirectory(folder))),
        ];
        Make("one", "a", "b", "deep/a");
        File.CreateSymbolicLink(At("link"), "a");

        foreach (var (what, change) in changes)
        {
            string? before = Digest("one");

            change();

            Assert.True(before != Digest("one"), what);
        }
    }

    [Fact]
    public void What_only_was_touched_is_the_same()
    {
        Make("one", "a", "deep/a");
        string? before = Digest("one");

        File.SetLastWriteTimeUtc(_folder.At("one/deep/a"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        Assert.Equal(before, Digest("one"));
    }

    [Fact]
    public void A_link_inside_is_not_followed()
    {
        Make("one", "a");
        File.CreateSymbolicLink(_folder.At("one/round"), "..");
        Make("outside", "a");
        File.CreateSymbolicLink(_folder.At("one/link"), _folder.At("outside/a"));
        string? before = Digest("one");

        _folder.Write("outside/a", "other");

        Assert.NotNull(before);
        Assert.Equal(before, Digest("one"));
    }

    [Fact]
    public void One_with_something_unreadable_inside_is_unknown_and_names_it()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "nothing is forbidden to root");
        Make("one", "deep/secret");
        File.SetUnixFileMode(_folder.At("one/deep/secret"), UnixFileMode.None);

        var fact = Read("one");

        Assert.Equal(FileState.Unknown, fact.State);
        Assert.Contains("deep/secret", fact.Problem, StringComparison.Ordinal);
    }

    private FileFact Read(string path) => _digester.Read(_folder.Path, path, TestContext.Current.CancellationToken);

    private string? Digest(string path) => Read(path).Digest;

    private void Make(string folder, params string[] files)
    {
        foreach (string file in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder.At($"{folder}/{file}"))!);
            _folder.Write($"{folder}/{file}", file);
        }
    }

    private string At(string name) => _folder.At($"one/{name}");

    private void Write(string name, string text) => _folder.Write($"one/{name}", text);

    private void Replace(string name, Action<string> make)
    {
        File.Delete(At(name));
        make(At(name));
    }
}
