using System.Text;
using Torc.Agent.Link;
using Torc.Agent.Node;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Tests.Agent.Support;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.Agent.Link;

public sealed class LogReaderTests : IDisposable
{
    private static readonly AttemptId Attempt = new(new JobId(1234), 2);

    private readonly TemporaryFolder _folder = new();
    private readonly Spool _spool;
    private readonly LogReader _reader;

    public LogReaderTests()
    {
        _spool = Spool.Open(_folder.At("spool"));
        _spool.MakeLogFolder(Attempt);
        _reader = new LogReader(_spool.LogFile, TimeProvider.System);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Log => _spool.LogFile(Attempt, LogStream.Stdout);

    public void Dispose()
    {
        _reader.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(0, 4, "0123", 0)]
    [InlineData(7, 100, "789", 7)]
    [InlineData(-3, 100, "789", 7)]
    [InlineData(-100, 100, "0123456789", 0)]
    [InlineData(50, 10, "", 10)]
    [InlineData(0, -1, "", 0)]
    public async Task A_part_is_read_from_the_start_or_the_end(long offset, int length, string expected, long from)
    {
        await File.WriteAllTextAsync(Log, "0123456789", Cancel);

        var chunk = await _reader.ReadAsync(new LogRequest(Attempt, LogStream.Stdout, offset, length), Cancel);

        Assert.Equal((expected, from, 10L, null), (Encoding.UTF8.GetString(chunk.Content), chunk.Offset, chunk.TotalLength, chunk.Missing));
    }

    [Fact]
    public async Task At_most_a_mebibyte_is_read_at_once()
    {
        await File.WriteAllBytesAsync(Log, new byte[(1 << 20) + 1], Cancel);

        var chunk = await _reader.ReadAsync(new LogRequest(Attempt, LogStream.Stdout, 0, int.MaxValue), Cancel);

        Assert.Equal(1 << 20, chunk.Content.Length);
    }

    [Fact]
    public async Task A_log_that_is_not_there_is_missing_and_not_an_error()
    {
        var chunk = await _reader.ReadAsync(new LogRequest(Attempt, LogStream.Stderr, 0, 10), Cancel);

        Assert.NotNull(chunk.Missing);
    }

    [Fact]
    public async Task A_link_in_the_place_of_a_log_is_not_followed()
    {
        string secret = _folder.At("secret");
        await File.WriteAllTextAsync(secret, "secret", Cancel);
        File.CreateSymbolicLink(Log, secret);

        var chunk = await _reader.ReadAsync(new LogRequest(Attempt, LogStream.Stdout, 0, 10), Cancel);

        Assert.NotNull(chunk.Missing);
    }

    [Fact]
    public async Task A_folder_in_the_place_of_a_log_is_missing_too()
    {
        Directory.CreateDirectory(Log);

        var chunk = await _reader.ReadAsync(new LogRequest(Attempt, LogStream.Stdout, 0, 10), Cancel);

        Assert.NotNull(chunk.Missing);
    }

    [Theory]
    [InlineData("link")]
    [InlineData("pipe")]
    [InlineData("folder")]
    public async Task What_is_no_log_is_neither_searched_nor_waited_for(string what)
    {
        switch (what)
        {
            case "link":
                File.CreateSymbolicLink(Log, "/dev/zero");
                break;
            case "pipe":
                using (var made = System.Diagnostics.Process.Start("mkfifo", Log))
                {
                    await made.WaitForExitAsync(Cancel);
                }

                break;
            default:
                Directory.CreateDirectory(Log);
                break;
        }

        var found = await _reader.SearchAsync(Search("x"), Cancel).WaitAsync(Waiting.Patience, Cancel);
        var lines = await _reader.ReadAsync(new LogLinesRequest(Attempt, LogStream.Stdout, 1, 10), Cancel).WaitAsync(Waiting.Patience, Cancel);
        var part = await _reader.ReadAsync(new LogRequest(Attempt, LogStream.Stdout, 0, 10, CountLines: true), Cancel).WaitAsync(Waiting.Patience, Cancel);

        Assert.NotNull(found.Missing);
        Assert.NotNull(lines.Missing);
        Assert.NotNull(part.Missing);
    }

    [Fact]
    public async Task Two_needles_are_found_in_200_000_lines_at_once()
    {
        await File.WriteAllLinesAsync(Log, Enumerable.Range(1, 200_000).Select(line => line is 7 or 150_000 ? $"line {line} NEEDLE" : $"line {line} of a log that is long"), Cancel);
        long began = TimeProvider.System.GetTimestamp();

        var text = (await _reader.SearchAsync(Search("NEEDLE"), Cancel)).Found!;
        var regex = (await _reader.SearchAsync(Search("N[E]+DLE$") with { IsRegex = true }, Cancel)).Found!;
        var part = await _reader.ReadAsync(new LogLinesRequest(Attempt, LogStream.Stdout, 150_000, 1), Cancel);

        Assert.Equal([7L, 150_000L], text.Matches.Select(match => match.Line));
        Assert.Equal(text.Matches, regex.Matches);
        Assert.Equal(("line 150000 NEEDLE\n", 150_000L, text.Matches[1].Offset), (Encoding.UTF8.GetString(part.Content), part.FirstLine, part.Offset));
        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task Several_parts_are_read_with_the_numbers_of_their_lines_until_the_answer_is_full()
    {
        await File.WriteAllTextAsync(Log, "one\ntwo\nthree\n", Cancel);
        await File.WriteAllBytesAsync(_spool.LogFile(Attempt, LogStream.Stderr), new byte[1 << 20], Cancel);

        var read = await _reader.ReadAsync(
            new LogRequests([new LogRequest(Attempt, LogStream.Stdout, 8, 100, CountLines: true), new LogRequest(Attempt, LogStream.Stdout, 0, 4), new LogRequest(Attempt, LogStream.Stderr, 0, 1 << 20)]),
            Cancel);

        Assert.Equal([("three\n", 3L), ("one\n", null)], read.Chunks.Select(chunk => (Encoding.UTF8.GetString(chunk.Content), chunk.FirstLine)));
    }

    private static LogSearchRequest Search(string pattern) => new(Attempt, LogStream.Stdout, pattern, IsRegex: false, IgnoreCase: false, 1, 100);
}
