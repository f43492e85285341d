using Torc.Agent.Files;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Logs;

namespace Torc.Agent.Link;

/// <summary>Reads and searches the logs of attempts, and nothing else on this machine.</summary>
/// <param name="pathOf">Where the log of an attempt is.</param>
internal sealed class LogReader(Func<AttemptId, LogStream, string> pathOf, TimeProvider time) : IDisposable
{
    private const int MostBytes = 1 << 20;

    /// <summary>Jobs are to have this machine: so many logs are gone through at once, and others wait.</summary>
    private const int ScansAtOnce = 2;

    /// <summary>A log of 10 GiB cannot be searched while somebody waits: then the answer says how far it got.</summary>
    public static readonly TimeSpan SearchLasts = TimeSpan.FromSeconds(15);

    private readonly SemaphoreSlim _scans = new(ScansAtOnce);

    /// <summary>Counts no lines if that takes longer than somebody waits.</summary>
    public Task<LogChunk> ReadAsync(LogRequest request, CancellationToken cancel) => ReadAsync(request, SearchLasts, cancel);

    private async Task<LogChunk> ReadAsync(LogRequest request, TimeSpan countLasts, CancellationToken cancel)
    {
        try
        {
            return await ReadBytesAsync(request, countLasts, cancel);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return LogChunk.Nothing($"The log cannot be read: {unreadable.Message}");
        }
    }

    private async Task<LogChunk> ReadBytesAsync(LogRequest request, TimeSpan countLasts, CancellationToken cancel)
    {
        using var log = LogFile.TryOpen(pathOf(request.Attempt, request.Stream));
        if (log is null)
        {
            return Missing();
        }

        long offset = Math.Clamp(request.Offset < 0 ? log.Length + request.Offset : request.Offset, 0, log.Length);
        byte[] content = await log.ReadAsync(offset, (int)Math.Min(Math.Clamp(request.Length, 0, MostBytes), log.Length - offset), cancel);
        long? line = request.CountLines ? await ScanAsync(goOn => LogLines.NumberAt(log, offset, goOn), countLasts, cancel) : null;
        return new LogChunk(content, offset, log.Length, Missing: null, line);
    }

    /// <summary>Reads until the answer would be too large.</summary>
    public async Task<LogChunks> ReadAsync(LogRequests requests, CancellationToken cancel)
    {
        var chunks = new List<LogChunk>();
        int left = MostBytes;
        foreach (var request in requests.Requests)
        {
            if (request.Length > left && chunks.Count > 0)
            {
                break;
            }

            var chunk = await ReadAsync(request, Timeout.InfiniteTimeSpan, cancel);
            chunks.Add(chunk);
            left -= chunk.Content.Length;
        }

        return new LogChunks(chunks);
    }

    public async Task<LogChunk> ReadAsync(LogLinesRequest request, CancellationToken cancel)
    {
        using var log = LogFile.TryOpen(pathOf(request.Attempt, request.Stream));
        if (log is null)
        {
            return Missing();
        }

        var found = await ScanAsync(goOn => LogLines.Find(log, request.FromLine, request.Lines, MostBytes, goOn), SearchLasts, cancel);
        return found is { } range
            ? new LogChunk(await log.ReadAsync(range.Offset, range.Length, cancel), range.Offset, log.Length, Missing: null, range.FirstLine)
            : LogChunk.Nothing("The log is too long to find a line so far behind its start. Ask for bytes.");
    }

    public async Task<LogSearchAnswer> SearchAsync(LogSearchRequest request, CancellationToken cancel)
    {
        if (LogPattern.TryCreate(request.Pattern, request.IsRegex, request.IgnoreCase, out string? problem) is not { } pattern)
        {
            return new LogSearchAnswer(null, problem);
        }

        using var log = LogFile.TryOpen(pathOf(request.Attempt, request.Stream));
        return log is null
            ? new LogSearchAnswer(null, Missing().Missing)
            : new LogSearchAnswer(await ScanAsync(goOn => LogSearch.Run(log, pattern, request.FromLine, request.Limit, goOn), SearchLasts, cancel), null);
    }

    public void Dispose() => _scans.Dispose();

    private async Task<T> ScanAsync<T>(Func<Func<bool>, T> scan, TimeSpan lasts, CancellationToken cancel)
    {
        await _scans.WaitAsync(cancel);
        try
        {
            T result = default!;
            long began = time.GetTimestamp();
            await Aside.RunAsync(() => result = scan(() => !cancel.IsCancellationRequested && (lasts < TimeSpan.Zero || time.GetElapsedTime(began) < lasts)), cancel);
            return result;
        }
        finally
        {
            _scans.Release();
        }
    }

    private static LogChunk Missing() => LogChunk.Nothing("The log is not on its node any more, or the job has not started.");
}
