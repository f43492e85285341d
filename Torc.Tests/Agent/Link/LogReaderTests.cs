using System.Text;
using Torc.Agent.Link;
using Torc.Agent.Node;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Tests.Agent.Support;
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
}
