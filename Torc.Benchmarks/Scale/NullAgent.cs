using System.Diagnostics;
using System.Threading.Channels;
using Torc.Agent.Link;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Placement;
using Torc.Shared.Quantities;
using Torc.Shared.Reruns;

namespace Torc.Benchmarks.Scale;

/// <summary>Speaks with the hub as an agent does, and starts nothing: what it is given has ended after a while.</summary>
/// <param name="takes">How long each job takes; zero ends it with the next report.</param>
internal sealed class NullAgent(ServerLocation server, string name, NodeCapacity capacity, TimeSpan takes, Latencies latencies) : IAgentClient
{
    private static readonly Outcome Success = new(OutcomeKind.Exit, 0);

    private readonly Channel<AttemptReport> _told = Channel.CreateUnbounded<AttemptReport>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Channel<bool> _bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Runs until it is canceled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        await using var hub = await new HubConnector(server, HubConnector.DefaultPatience).OpenAsync(this, cancel);
        var session = new AgentSession(1, 1);
        var welcome = await hub.HelloAsync(new AgentHello(name, session, name, "0", capacity, MemoryGuard.Sampling, [], []), cancel);
        // One that has nothing to tell is heard all the same, before its leases are over.
        await using var beat = new Timer(_ => Ring(), null, welcome.Heartbeat, welcome.Heartbeat);
        for (int sequence = 1; !cancel.IsCancellationRequested; sequence++)
        {
            var reports = new List<AttemptReport>();
            while (_told.Reader.TryRead(out var report))
            {
                reports.Add(report);
            }

            long asked = Stopwatch.GetTimestamp();
            latencies.Told(reports, asked);
            var answer = await hub.ReportAsync(new AgentReport(session, sequence, reports), cancel);
            latencies.Heard(answer, asked);
            foreach (var assignment in answer.Start)
            {
                Run(assignment, cancel);
            }

            if (!_told.Reader.TryPeek(out _))
            {
                await _bell.Reader.ReadAsync(cancel);
            }
        }
    }

    public Task WorkAvailable()
    {
        Ring();
        return Task.CompletedTask;
    }

    public Task<LogChunk> ReadLog(LogRequest request) => Task.FromResult(LogChunk.Nothing("nothing was started"));

    public Task<LogChunks> ReadLogs(LogRequests requests) => Task.FromResult(new LogChunks([]));

    public Task<LogChunk> ReadLogLines(LogLinesRequest request) => Task.FromResult(LogChunk.Nothing("nothing was started"));

    public Task<LogSearchAnswer> SearchLog(LogSearchRequest request) => Task.FromResult(new LogSearchAnswer(null, "nothing was started"));

    public Task<IReadOnlyList<FileFact>> InspectFiles(FileInspection inspection) => Task.FromResult<IReadOnlyList<FileFact>>([]);

    private void Ring() => _bell.Writer.TryWrite(true);

    private void Run(Assignment assignment, CancellationToken cancel)
    {
        if (takes == TimeSpan.Zero)
        {
            var now = DateTimeOffset.UtcNow;
            _told.Writer.TryWrite(new AttemptEnded(assignment.Attempt, now, now, Success, AttemptUsage.None));
            return;
        }

        _told.Writer.TryWrite(new AttemptStarted(assignment.Attempt, DateTimeOffset.UtcNow));
        Ring();
        _ = EndLaterAsync(assignment, DateTimeOffset.UtcNow, cancel);
    }

    private async Task EndLaterAsync(Assignment assignment, DateTimeOffset started, CancellationToken cancel)
    {
        await Task.Delay(takes, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _told.Writer.TryWrite(new AttemptEnded(assignment.Attempt, DateTimeOffset.UtcNow, started, Success, new AttemptUsage(takes, new MemorySize(1 << 20))));
        Ring();
    }
}
