using Torc.Agent.Files;
using Torc.Shared.Reruns;
using Torc.Tests.Agent.Support;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.Agent.Files;

public sealed class FolderLookTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public FolderLookTests()
    {
        Directory.CreateDirectory(_folder.At("one/deep"));
        _folder.Write("one/deep/a", "text");
        _folder.Write("one/b", "text");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_folder_is_another_when_anything_below_it_is()
    {
        (string What, Action Change)[] changes =
        [
            ("a file is edited and is as long as before", () => _folder.Write("one/deep/a", "tixt")),
            ("only its time of change is put back", () => File.SetLastWriteTimeUtc(_folder.At("one/deep/a"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc))),
            ("a file is added", () => _folder.Write("one/deep/c", "")),
            ("a file is renamed", () => File.Move(_folder.At("one/deep/c"), _folder.At("one/deep/d"))),
            ("a file is removed", () => File.Delete(_folder.At("one/deep/d"))),
            ("a link is added", () => File.CreateSymbolicLink(_folder.At("one/round"), "..")),
            ("the mode of a file is another", () => File.SetUnixFileMode(_folder.At("one/b"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherExecute)),
        ];

        foreach (var (what, change) in changes)
        {
            var before = Identity();
            Assert.Equal(before, Identity());

            // Two changes within one tick of the file system's clock look alike.
            Assert.True(SpinWait.SpinUntil(Differs, Waiting.Patience), what);

            bool Differs()
            {
                if (before == Identity())
                {
                    change();
                }

                return before != Identity();
            }
        }
    }

    [Fact]
    public void Another_name_is_seen_even_if_the_time_of_the_folder_is_put_back()
    {
        var time = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        Directory.SetLastWriteTimeUtc(_folder.At("one/deep"), time);
        var before = Identity();

        File.Move(_folder.At("one/deep/a"), _folder.At("one/deep/z"));
        Directory.SetLastWriteTimeUtc(_folder.At("one/deep"), time);

        Assert.NotEqual(before with { ChangedNs = 0 }, Identity() with { ChangedNs = 0 });
    }

    [Fact]
    public void It_has_the_size_of_all_that_is_in_it_and_the_newest_times()
    {
        var future = new DateTime(2090, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(_folder.At("one/deep/a"), future);

        var identity = Identity();

        Assert.Equal(8, identity.Size);
        Assert.Equal((future - DateTime.UnixEpoch).Ticks * 100, identity.ModifiedNs);
        Assert.Equal(FileLook.At(_folder.At("one/deep/a")).Identity!.Value.ChangedNs, identity.ChangedNs);
    }

    [Fact]
    public void What_a_link_leads_to_is_no_part_of_it()
    {
        Directory.CreateDirectory(_folder.At("outside"));
        File.CreateSymbolicLink(_folder.At("one/link"), _folder.At("outside"));
        var before = Identity();

        _folder.Write("outside/c", "text");

        Assert.Equal(before, Identity());
    }

    [Fact]
    public void One_that_may_not_be_looked_into_is_unknown()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "nothing is forbidden to root");
        File.SetUnixFileMode(_folder.At("one/deep"), UnixFileMode.None);

        var sight = FileLook.At(_folder.Path, "one");

        File.SetUnixFileMode(_folder.At("one/deep"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.Equal(FileState.Unknown, sight.State);
        Assert.Contains("deep", sight.Problem, StringComparison.Ordinal);
    }

    private FileIdentity Identity() => FileLook.At(_folder.Path, "one").Identity!.Value;
}
