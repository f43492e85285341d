using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Web.Data;
using Torc.Web.Data.Logs;
using Torc.Web.Engine;

namespace Torc.Web.Logs;

/// <summary>
/// Fetches what the server keeps of the logs of ended attempts, by and by and apart from what jobs wait for. What is still due stands in
/// the database, so nothing is forgotten when a server, an agent or a connection ends in between.
/// </summary>
internal sealed partial class LogFetch(
    LogsDue due,
    LogQueries places,
    AgentConnections connections,
    IHubContext<AgentHub, IAgentClient> hub,
    WorkflowEngine engine,
    LogShelf shelf,
    DatabaseDisk disk,
    IOptions<LogOptions> options,
    TimeProvider time,
    ILogger<LogFetch> logger) : BackgroundService
{
    private const int AttemptsAtOnce = 500;
    private const int LogsPerMessage = 200;
    private const int NodesAtOnce = 4;

    /// <summary>So long the first waits for others to be fetched with.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RestAfterFailure = TimeSpan.FromSeconds(20);

    private readonly Lock _gate = new();

    /// <summary>True if there is news of the node since its fetching began.</summary>
    private readonly Dictionary<NodeId, bool> _busy = [];
    private readonly SemaphoreSlim _turns = new(NodesAtOnce);
    private string? _lastProblem;

    public override void Dispose()
    {
        _turns.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.KeepBytes == 0)
        {
            return;
        }

        var fetching = new List<Task>();
        try
        {
            await foreach (var node in due.Nodes.ReadAllAsync(stoppingToken))
            {
                fetching.RemoveAll(task => task.IsCompleted);
                if (IsFree(node))
                {
                    fetching.Add(FetchAsync(node, stoppingToken));
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }

        await Task.WhenAll(fetching);
    }

    private bool IsFree(NodeId node)
    {
        lock (_gate)
        {
            bool isFree = !_busy.ContainsKey(node);
            _busy[node] = !isFree;
            return isFree;
        }
    }

    private bool IsDone(NodeId node)
    {
        lock (_gate)
        {
            if (_busy[node])
            {
                _busy[node] = false;
                return false;
            }

            return _busy.Remove(node);
        }
    }

    private async Task FetchAsync(NodeId node, CancellationToken cancel)
    {
        try
        {
            do
            {
                await Task.Delay(Gathering, time, cancel);
                while (!await TryFetchAllAsync(node, cancel))
                {
                    await Task.Delay(RestAfterFailure, time, cancel);
                }
            }
            while (!IsDone(node));
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    /// <returns>False if it is worth another try.</returns>
    private async Task<bool> TryFetchAllAsync(NodeId node, CancellationToken cancel)
    {
        await _turns.WaitAsync(cancel);
        try
        {
            while (await places.DueAsync(node, AttemptsAtOnce, cancel) is { Count: > 0 } some)
            {
                if (disk.IsLow(disk.Space))
                {
                    Complain(node, "the disk is almost full");
                    return false;
                }

                if (connections.Of(node) is not { } connection)
                {
                    // It says hello when it is back.
                    return true;
                }

                await FetchAsync(hub.Clients.Client(connection), some, cancel);
                await engine.ChangeAsync(
                    (_, commit, _) =>
                    {
                        commit.LogsFetched.AddRange(some.Select(logs => logs.Attempt));
                        return true;
                    },
                    cancel);
            }

            _lastProblem = null;
            return true;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException && !cancel.IsCancellationRequested)
        {
            Complain(node, failure.Message);
            return false;
        }
        finally
        {
            _turns.Release();
        }
    }

    // Once per trouble, not once per try.
    private void Complain(NodeId node, string problem)
    {
        if (Interlocked.Exchange(ref _lastProblem, problem) != problem)
        {
            LogFailed(node, problem);
        }
    }

    private async Task FetchAsync(IAgentClient agent, IReadOnlyList<DueLogs> some, CancellationToken cancel)
    {
        var wanted = new Queue<Wanted>(some.SelectMany(logs => new[] { Want(logs, LogStream.Stdout), Want(logs, LogStream.Stderr) }).OfType<Wanted>());
        while (wanted.Count > 0)
        {
            var asked = new List<Wanted>();
            long size = 0;
            while (wanted.TryPeek(out var next) && asked.Count < LogsPerMessage && (asked.Count == 0 || size + next.Size <= LogDesk.MostBytes))
            {
                size += next.Size;
                asked.Add(wanted.Dequeue());
            }

            var answer = await agent.ReadLogs(new LogRequests([.. asked.SelectMany(one => one.Requests)])).WaitAsync(Patience, cancel);
            var chunks = new Queue<LogChunk>(answer.Chunks);
            foreach (var one in asked)
            {
                await KeepAsync(one, [.. one.Requests.Select(_ => chunks.TryDequeue(out var chunk) ? chunk : throw new IOException("the node sent less than it was asked for"))], cancel);
            }
        }
    }

    private Wanted? Want(DueLogs logs, LogStream stream)
    {
        long length = logs.Lengths[stream];
        int head = (int)Math.Min(length, options.Value.HeadBytes);
        int tail = (int)Math.Min(length - head, options.Value.TailBytes);
        return length == 0 ? null : new Wanted(
            logs,
            stream,
            length == head + tail
                ? [new LogRequest(logs.Attempt, stream, 0, head + tail)]
                : [new LogRequest(logs.Attempt, stream, 0, head), new LogRequest(logs.Attempt, stream, length - tail, tail, CountLines: true)]);
    }

    private async Task KeepAsync(Wanted wanted, LogChunk[] chunks, CancellationToken cancel)
    {
        if (chunks.Any(chunk => chunk.Missing is not null))
        {
            // What is gone from the node is kept nowhere.
            return;
        }

        var (attempt, stream, endedAt) = (wanted.Logs.Attempt, wanted.Stream, wanted.Logs.EndedAt);
        var start = chunks[0].Content.AsMemory();
        if (chunks is not [_, { FirstLine: { } line } last] || last.Offset <= start.Length)
        {
            // All of it; or somebody emptied it meanwhile, and this is left.
            await shelf.KeepAsync(attempt, stream, new KeptHead(start.Length, start.Length, 1), start, default, endedAt, cancel);
            return;
        }

        // Cut where lines end, if they are not very long.
        var end = last.Content.AsMemory();
        int startEnds = start.Span.LastIndexOf((byte)'\n') + 1;
        int endStarts = end.Span.IndexOf((byte)'\n') + 1;
        start = startEnds > start.Length / 2 ? start[..startEnds] : start;
        bool isCut = endStarts > 0 && endStarts < end.Length / 2;
        end = isCut ? end[endStarts..] : end;
        var head = new KeptHead(last.Offset + last.Content.Length, start.Length, line + (isCut ? 1 : 0));
        await shelf.KeepAsync(attempt, stream, head, start, end, endedAt, cancel);
    }

    [LoggerMessage(721, LogLevel.Warning, "the logs of ended attempts are not fetched for now node_id={NodeId}: {Problem}")]
    private partial void LogFailed(NodeId nodeId, string problem);

    private sealed record Wanted(DueLogs Logs, LogStream Stream, IReadOnlyList<LogRequest> Requests)
    {
        public long Size => Requests.Sum(request => (long)request.Length);
    }
}
