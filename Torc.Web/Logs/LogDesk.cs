using System.Globalization;
using Microsoft.AspNetCore.SignalR;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Logs;
using Torc.Shared.Quantities;
using Torc.Web.Data.Logs;
using Torc.Web.Engine;

namespace Torc.Web.Logs;

/// <summary>Reads logs from the node where they lie, and what was kept of them if that cannot be asked.</summary>
internal sealed class LogDesk(LogQueries places, AgentConnections connections, IHubContext<AgentHub, IAgentClient> hub, WorkflowEngine engine, LogShelf shelf)
{
    /// <summary>In bytes.</summary>
    public const int MostBytes = 1 << 20;

    /// <summary>Half a screen of long lines: enough for most tails that somebody looks at.</summary>
    private const int TailBytes = 64 << 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Longer than an agent goes through a log before it says how far it got, and than it waits until others are through.</summary>
    private static readonly TimeSpan ScanPatience = TimeSpan.FromSeconds(45);

    /// <param name="offset">Of the first byte; negative counts from the end.</param>
    /// <param name="length">At most so many bytes, at most 1 MiB.</param>
    /// <param name="countLines">Whether to say in which line it begins, for which all before it is read.</param>
    public Task<LogReading> ReadAsync(AttemptId attempt, LogStream stream, long offset, int length, CancellationToken cancel, bool countLines = false) => ReadAsync(
        attempt,
        stream,
        agent => agent.ReadLog(new LogRequest(attempt, stream, offset, length, countLines)),
        kept => Read(kept, offset, length) is var chunk && countLines ? chunk with { FirstLine = LogLines.NumberAt(kept, chunk.Offset, () => true) } : chunk,
        countLines ? ScanPatience : Patience,
        cancel);

    /// <param name="fromLine">From 1.</param>
    /// <param name="lines">At most so many, and at most 1 MiB of them.</param>
    public Task<LogReading> LinesAsync(AttemptId attempt, LogStream stream, long fromLine, int lines, CancellationToken cancel) => ReadAsync(
        attempt,
        stream,
        agent => agent.ReadLogLines(new LogLinesRequest(attempt, stream, fromLine, lines)),
        kept => LogLines.Find(kept, fromLine, lines, MostBytes, () => true) is { } range ? Read(kept, range.Offset, range.Length) with { FirstLine = range.FirstLine } : null,
        ScanPatience,
        cancel);

    /// <returns>The end of the log, from the start of a line. What is left out right before it is said in its first line.</returns>
    public async Task<LogReading> TailAsync(AttemptId attempt, LogStream stream, int lines, CancellationToken cancel)
    {
        foreach (int length in new[] { TailBytes, MostBytes })
        {
            var reading = await ReadAsync(attempt, stream, -length, length, cancel);
            var chunk = LogCut.LastLines(reading.Chunk, lines);
            bool isAll = chunk.Content.AsSpan().Count((byte)'\n') >= lines || reading.Chunk.Offset == 0 || reading.Chunk.Offset == reading.Gap?.To;
            if (chunk.Missing is not null || isAll || length == MostBytes)
            {
                return reading with { Chunk = chunk };
            }
        }

        throw new InvalidOperationException("the largest tail is the last");
    }

    /// <returns>What was found, or why there is nothing to search.</returns>
    public async Task<LogSearchAnswer> SearchAsync(LogSearchRequest request, LogPattern pattern, CancellationToken cancel)
    {
        var (found, gap, missing) = await FindAsync(
            request.Attempt,
            request.Stream,
            async agent => await agent.SearchLog(request) is { Found: { } matches } ? (matches, null) : (null, "The log cannot be searched on its node any more."),
            kept => LogSearch.Run(kept, pattern, request.FromLine, request.Limit, () => true),
            new LogMatches(0, [], HasMore: false, FirstError: null, 0, IsComplete: true),
            ScanPatience,
            cancel);
        return new LogSearchAnswer(found is not null && gap is not null ? found with { IsComplete = false, Note = gap.Words } : found, missing);
    }

    private async Task<LogReading> ReadAsync(
        AttemptId attempt, LogStream stream, Func<IAgentClient, Task<LogChunk>> ask, Func<KeptLog, LogChunk?> read, TimeSpan patience, CancellationToken cancel)
    {
        var (found, gap, missing) = await FindAsync(
            attempt,
            stream,
            async agent => await ask(agent) is { Missing: null } chunk ? (chunk, null) : (null, "The log is not on its node any more."),
            read,
            new LogChunk([], 0, 0, null, FirstLine: 1),
            patience,
            cancel);
        return new LogReading(found ?? LogChunk.Nothing(missing!), gap);
    }

    private async Task<(T? Found, LogGap? Gap, string? Missing)> FindAsync<T>(
        AttemptId attempt, LogStream stream, Func<IAgentClient, Task<(T? Found, string? Missing)>> ask, Func<KeptLog, T?> read, T empty, TimeSpan patience, CancellationToken cancel)
        where T : class
    {
        if (await places.FindAsync(attempt, cancel) is not { } place)
        {
            return (null, null, await WhyNoneAsync(attempt, cancel));
        }

        if (place.Lengths?[stream] == 0)
        {
            return (empty, null, null);
        }

        var (found, why, where) = await AskAsync(place, ask, patience, cancel);
        if (found is not null)
        {
            return (found, null, null);
        }

        if (place is { EndedAt: not null, AreKept: true } && shelf.TryOpen(attempt, stream) is { } kept)
        {
            using (kept)
            {
                return (read(kept), GapOf(kept, $"they were on node {place.NodeName}, which {where}"), null);
            }
        }

        return (null, null, why);
    }

    private async Task<(T? Found, string? Why, string? Where)> AskAsync<T>(
        LogPlace place, Func<IAgentClient, Task<(T? Found, string? Missing)>> ask, TimeSpan patience, CancellationToken cancel)
        where T : class
    {
        if (connections.Of(place.Node) is not { } connection)
        {
            return (null, $"The log is on node {place.NodeName}, which has not been connected since {await LastHeardAsync(place.Node, cancel)}.", "is not connected");
        }

        try
        {
            var (found, missing) = await ask(hub.Clients.Client(connection)).WaitAsync(patience, cancel);
            return (found, place switch
            {
                { StartedAt: null, EndedAt: null } => "The job has not started.",
                { StartedAt: null } => "The job was never started, so it wrote nothing.",
                _ => missing,
            }, "does not have them any more");
        }
        catch (Exception failure) when (failure is TimeoutException or IOException or HubException)
        {
            return (null, $"The log is on node {place.NodeName}, which did not answer.", "did not answer");
        }
    }

    private async Task<string> WhyNoneAsync(AttemptId attempt, CancellationToken cancel) => await places.JobAsync(attempt.Job, cancel) switch
    {
        null => $"There is no job {attempt.Job}.",
        (_, 0) => "The job has not started.",
        (_, var attempts) => string.Create(CultureInfo.InvariantCulture, $"The job has no attempt {attempt.Number}; its newest is {attempts}."),
    };

    private async Task<string> LastHeardAsync(NodeId node, CancellationToken cancel)
    {
        var heard = await engine.ReadAsync(state => state.Nodes.FirstOrDefault(known => known.Id == node)?.LastHeard, cancel);
        return heard is { } at ? at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture) : "long";
    }

    private static LogGap? GapOf(KeptLog kept, string why) => kept.Gap is { } gap
        ? new LogGap(gap.From, gap.To, $"… {new MemorySize(gap.To - gap.From)} of {new MemorySize(kept.TotalLength)} left out: {why} …")
        : null;

    private static LogChunk Read(KeptLog kept, long offset, int length)
    {
        var last = kept.Parts[^1];
        long at = offset < 0 ? Math.Max(kept.TotalLength + offset, last.Offset) : Math.Min(offset, kept.TotalLength);
        var part = kept.Parts.FirstOrDefault(part => at < part.End, last);
        at = Math.Max(at, part.Offset);
        byte[] content = new byte[Math.Min(Math.Clamp(length, 0, MostBytes), part.End - at)];
        int count = 0;
        while (count < content.Length && kept.Read(at + count, content.AsSpan(count)) is > 0 and var read)
        {
            count += read;
        }

        return new LogChunk(content[..count], at, kept.TotalLength, Missing: null);
    }
}
