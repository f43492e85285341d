using System.Text;
using Microsoft.Extensions.Options;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Logs;
using Torc.Tests.Agent.Support;
using Torc.Web.Data.Logs;
using Xunit;

namespace Torc.Tests.Web.Logs;

public sealed class LogShelfTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_small_log_is_kept_whole_and_for_its_owner_alone()
    {
        await KeepAsync(Shelf(), 1, "one\ntwo\n");

        using var log = Shelf().TryOpen(Attempt(1), LogStream.Stdout);
        Assert.Equal((8L, null), (log!.TotalLength, log.Gap));
        Assert.Equal("two\n", Read(log, 4));
        Assert.Null(Shelf().TryOpen(Attempt(1), LogStream.Stderr));
        string file = Assert.Single(Directory.GetFiles(_folder.At("logs"), "*", SearchOption.AllDirectories));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(file)!));
    }

    [Fact]
    public async Task A_long_one_has_its_start_and_its_end_where_they_were()
    {
        await Shelf().KeepAsync(Attempt(1), LogStream.Stderr, new KeptHead(100, 4, 31), Bytes("one\n"), Bytes("last\n"), Noon, Cancel);

        using var log = Shelf().TryOpen(Attempt(1), LogStream.Stderr)!;
        Assert.Equal((4L, 95L), log.Gap);
        Assert.Equal(("ne\n", "last\n", "st\n"), (Read(log, 1), Read(log, 95), Read(log, 97)));
        Assert.Equal(31, Assert.Single(LogSearch.Run(log, LogPattern.TryCreate("last", false, false, out _)!, 1, 10, () => true).Matches).Line);
    }

    [Fact]
    public async Task Those_that_ended_first_make_room()
    {
        var shelf = Shelf(keep: 10 * 4096);

        for (int job = 1; job <= 11; job++)
        {
            // The later, the longer ago.
            await KeepAsync(shelf, job, "text", Noon.AddHours(-job));
        }

        int[] kept = [.. Enumerable.Range(1, 11).Where(job =>
        {
            using var log = shelf.TryOpen(Attempt(job), LogStream.Stdout);
            return log is not null;
        })];
        Assert.Equal(Enumerable.Range(1, 9), kept);
    }

    [Fact]
    public async Task One_that_is_kept_again_takes_no_more_room()
    {
        var shelf = Shelf(keep: 2 * 4096);

        await KeepAsync(shelf, 1, "text");
        for (int again = 0; again < 5; again++)
        {
            await KeepAsync(shelf, 2, "text", Noon.AddHours(1));
        }

        using var log = shelf.TryOpen(Attempt(1), LogStream.Stdout);
        Assert.NotNull(log);
    }

    [Theory]
    [InlineData("")]
    [InlineData("torc-log 2 1 1 1\nx")]
    [InlineData("torc-log 1 -1 1 1\nx")]
    [InlineData("no log")]
    public async Task What_is_no_kept_log_is_none(string content)
    {
        await KeepAsync(Shelf(), 1, "text");
        await File.WriteAllTextAsync(Directory.GetFiles(_folder.At("logs"), "*", SearchOption.AllDirectories).Single(), content, Cancel);

        Assert.Null(Shelf().TryOpen(Attempt(1), LogStream.Stdout));
    }

    private static AttemptId Attempt(int job) => new(new JobId(job), 1);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Read(KeptLog log, long offset)
    {
        byte[] bytes = new byte[100];
        return Encoding.UTF8.GetString(bytes, 0, log.Read(offset, bytes));
    }

    private static Task KeepAsync(LogShelf shelf, int job, string text, DateTimeOffset? endedAt = null) =>
        shelf.KeepAsync(Attempt(job), LogStream.Stdout, new KeptHead(text.Length, text.Length, 1), Bytes(text), default, endedAt ?? Noon, Cancel);

    private LogShelf Shelf(long keep = 1 << 20) => new(new DataFolder(_folder.Path), Options.Create(new LogOptions { KeepBytes = keep }));
}
