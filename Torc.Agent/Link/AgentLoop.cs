using Microsoft.Extensions.Logging;
using Torc.Agent.Files;
using Torc.Agent.Running;
using Torc.Agent.Sampling;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Metrics;
using Torc.Shared.Reruns;

namespace Torc.Agent.Link;

/// <summary>
/// Carries word between the server and the keeper. It remembers nothing that matters: whenever either connection is lost, the
/// conversation starts over from what the keeper holds.
/// </summary>
internal sealed partial class AgentLoop(
    AgentIdentity identity,
    IKeeperConnector keepers,
    IHubConnector hubs,
    LogReader logs,
    NodeFiles files,
    IMachineUse machine,
    TimeProvider time,
    Random random,
    ILogger<AgentLoop> logger)
{
    private const int ReportsAtOnce = 500;

    /// <summary>How often the node is looked at.</summary>
    private static readonly TimeSpan NodeSampleEvery = TimeSpan.FromSeconds(5);

    private readonly SampleBacklog _samples = new();
    private readonly Backoff _keeperBackoff = new(random);
    private readonly Backoff _hubBackoff = new(random);
    private int _connection;
    private string? _lastProblem;

    /// <summary>Runs until it is canceled. The keeper and the jobs go on.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var looking = LookAtNodeAsync(cancel);
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await ServeKeeperAsync(cancel);
                LogKeeperLost();
            }
            catch (Exception failure) when (IsTrouble(failure, cancel))
            {
                Complain("keeper", failure);
            }

            await PauseAsync(_keeperBackoff, cancel);
        }

        await looking;
    }

    private async Task LookAtNodeAsync(CancellationToken cancel)
    {
        try
        {
            while (true)
            {
                if (machine.Look() is { } levels)
                {
                    _samples.Add(new UsagePoint(time.GetUtcNow(), levels));
                }

                await Task.Delay(NodeSampleEvery, time, cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The agent stops.
        }
    }

    /// <summary>Stays with one connection to the keeper, and returns when it is lost.</summary>
    private async Task ServeKeeperAsync(CancellationToken cancel)
    {
        await using var keeper = await keepers.OpenAsync(cancel);
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var news = keeper.ReadAllAsync(lost.Token).GetAsyncEnumerator(lost.Token);
        await using var ending = news;
        if (!await news.MoveNextAsync() || news.Current is not KeeperState state)
        {
            return;
        }

        _keeperBackoff.Reset();
        var outbox = new Outbox(state);
        var talking = TalkToHubsAsync(keeper, state.MemoryGuard, outbox, lost.Token);
        await using var gpus = new Switched(watching => machine.WatchGpusAsync(reading => keeper.SendAsync(new GpuRead(reading), watching), watching));
        try
        {
            while (await news.MoveNextAsync())
            {
                switch (news.Current)
                {
                    case KeeperReports reports:
                        outbox.Add(reports.Reports);
                        break;
                    case KeeperSamples measured:
                        _samples.Add(measured.Samples);
                        break;
                    case KeeperGpus used:
                        await gpus.TurnAsync(used.AreUsed);
                        break;
                }
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The agent stops.
        }
        finally
        {
            lost.CancelHere();
            await talking;
        }
    }

    private async Task TalkToHubsAsync(IKeeperLink keeper, MemoryGuard memoryGuard, Outbox outbox, CancellationToken keeperLost)
    {
        while (!keeperLost.IsCancellationRequested)
        {
            try
            {
                using var asking = CancellationTokenSource.CreateLinkedTokenSource(keeperLost);
                await using var hub = await hubs.OpenAsync(new Client(outbox, logs, files, asking.Token), keeperLost);
                try
                {
                    await ConverseAsync(keeper, memoryGuard, hub, outbox, keeperLost);
                }
                finally
                {
                    // Whoever asked over this connection hears no answer.
                    asking.CancelHere();
                }
            }
            catch (Exception failure) when (IsTrouble(failure, keeperLost))
            {
                Complain("server", failure);
            }

            await PauseAsync(_hubBackoff, keeperLost);
        }
    }

    /// <summary>One conversation with the hub: hello, then reports, until either connection is lost.</summary>
    private async Task ConverseAsync(IKeeperLink keeper, MemoryGuard memoryGuard, IHubLink hub, Outbox outbox, CancellationToken keeperLost)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(keeperLost, hub.Lost);
        var session = new AgentSession(identity.Epoch, ++_connection);
        var (held, leased) = (outbox.Held, outbox.Leased);
        long askedAt = time.GetTimestamp();
        var welcome = await hub.HelloAsync(
            new AgentHello(identity.AgentId, session, identity.NodeName, identity.Version, identity.CapacityAt(time.GetUtcNow()), memoryGuard, held, outbox.Ended), over.Token);
        _hubBackoff.Reset();
        _lastProblem = null;
        LogConnected(hub.ApiUrl, welcome.Node, held.Count, welcome.Drop.Count);

        files.Backlog.ExpectOnly(held);
        await keeper.SendAsync(new KeeperSetup(identity.Capacity, hub.ApiUrl, identity.Gpus), keeperLost);
        if (welcome.Drop.Count > 0)
        {
            outbox.Drop(welcome.Drop);
            await keeper.SendAsync(new DropAttempts(welcome.Drop), keeperLost);
        }

        await RenewAsync(keeper, [.. leased.Except(welcome.Drop)], askedAt, keeperLost);

        // Before the first report, which may tell that attempts have ended: of those no samples are taken any more.
        await _samples.SendAsync(hub, over.Token);
        var sampling = SendSamplesAsync(hub, over.Token);
        var digesting = SendDigestsAsync(hub, over.Token, keeperLost);
        var beating = BeatAsync(outbox, welcome.Heartbeat, over.Token);
        try
        {
            for (int sequence = 1; ; sequence++)
            {
                // The first report has perhaps nothing to tell: it asks for work. Afterwards something has to happen first; what
                // happens while one report is on its way goes into the next.
                await ReportAsync(keeper, hub, session, sequence, outbox, keeperLost, over.Token);
                await outbox.SomethingToDoAsync(over.Token);
            }
        }
        finally
        {
            over.CancelHere();
            await sampling;
            await digesting;
            await beating;
        }
    }

    private async Task ReportAsync(
        IKeeperLink keeper, IHubLink hub, AgentSession session, int sequence, Outbox outbox, CancellationToken keeperLost, CancellationToken over)
    {
        var reports = outbox.Take(ReportsAtOnce);
        var leased = outbox.Leased;
        long askedAt = time.GetTimestamp();
        var answer = await hub.ReportAsync(new AgentReport(session, sequence, reports), over);

        // From here on the server believes that we hold these, and the next hello says so. So the keeper gets them even if the line
        // to the server breaks at this very moment; only the loss of the keeper ends that, and then everything is asked anew.
        if (answer.Start.Count > 0)
        {
            outbox.Hold(answer.Start);
            files.Backlog.Expect(answer.Start);
            await keeper.SendAsync(new RunAttempts(answer.Start, askedAt), keeperLost);
        }

        var ended = outbox.Acknowledge(reports);

        // The server knows of the files only now.
        files.Backlog.Add(reports);
        if (ended.Count > 0)
        {
            await keeper.SendAsync(new ForgetAttempts(ended), keeperLost);
        }

        if (answer.Stop.Count > 0)
        {
            await keeper.SendAsync(new StopAttempts(answer.Stop), keeperLost);
        }

        if (answer.TakeBack.Count > 0)
        {
            await keeper.SendAsync(new ReturnAttempts(answer.TakeBack), keeperLost);
        }

        await RenewAsync(keeper, [.. leased.Except(ended)], askedAt, keeperLost);
    }

    // Leases count from before we asked: the server counts from when it heard us, which is later.
    private static async Task RenewAsync(IKeeperLink keeper, IReadOnlyList<AttemptId> leased, long askedAt, CancellationToken keeperLost)
    {
        if (leased.Count > 0)
        {
            await keeper.SendAsync(new RenewLeases(leased, askedAt), keeperLost);
        }
    }

    private async Task BeatAsync(Outbox outbox, TimeSpan heartbeat, CancellationToken over)
    {
        try
        {
            while (true)
            {
                await Task.Delay(heartbeat, time, over);
                outbox.Ring();
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The conversation is over.
        }
    }

    private async Task SendSamplesAsync(IHubLink hub, CancellationToken cancel)
    {
        try
        {
            while (true)
            {
                await _samples.WaitAsync(cancel);
                await _samples.SendAsync(hub, cancel);
            }
        }
        catch (Exception) when (cancel.IsCancellationRequested || hub.Lost.IsCancellationRequested)
        {
            // The conversation is over.
        }
    }

    private async Task SendDigestsAsync(IHubLink hub, CancellationToken over, CancellationToken keeperLost)
    {
        try
        {
            await files.Backlog.SendAsync(hub.DigestAsync, over, keeperLost);
        }
        catch (Exception) when (over.IsCancellationRequested)
        {
            // The conversation is over.
        }
        catch (Exception failure) when (IsTrouble(failure, over))
        {
            // Jobs go on without: the server asks for what it has to know.
            LogNoDigests(failure);
        }
    }

    // The loop's turn ends with any failure, and the next one starts: an agent is not to end because of what others do.
    private static bool IsTrouble(Exception failure, CancellationToken cancel) =>
        failure is not OutOfMemoryException && (!cancel.IsCancellationRequested || failure is OperationCanceledException or IOException or ObjectDisposedException);

    private void Complain(string peer, Exception failure)
    {
        // Once per trouble, not once per try.
        if (!string.Equals(_lastProblem, failure.Message, StringComparison.Ordinal) && failure is not OperationCanceledException)
        {
            _lastProblem = failure.Message;
            LogTrouble(peer, failure.Message);
        }
    }

    private async Task PauseAsync(Backoff backoff, CancellationToken cancel)
    {
        try
        {
            await Task.Delay(backoff.Next(), time, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The caller sees it too.
        }
    }

    /// <summary>Answers what the hub asks over one connection.</summary>
    private sealed class Client(Outbox outbox, LogReader logs, NodeFiles files, CancellationToken cancel) : IAgentClient
    {
        public Task WorkAvailable()
        {
            outbox.Ring();
            return Task.CompletedTask;
        }

        public Task<LogChunk> ReadLog(LogRequest request) => logs.ReadAsync(request, cancel);

        public Task<LogChunks> ReadLogs(LogRequests requests) => logs.ReadAsync(requests, cancel);

        public Task<LogChunk> ReadLogLines(LogLinesRequest request) => logs.ReadAsync(request, cancel);

        public Task<LogSearchAnswer> SearchLog(LogSearchRequest request) => logs.SearchAsync(request, cancel);

        public Task<IReadOnlyList<FileFact>> InspectFiles(FileInspection inspection) => files.InspectAsync(inspection, cancel);
    }

    [LoggerMessage(301, LogLevel.Information, "connected to {Url} node_id={NodeId} held={Held} dropped={Dropped}")]
    private partial void LogConnected(string url, NodeId nodeId, int held, int dropped);

    [LoggerMessage(302, LogLevel.Warning, "no word from the {Peer}: {Problem}")]
    private partial void LogTrouble(string peer, string problem);

    [LoggerMessage(303, LogLevel.Warning, "the connection to the keeper ended")]
    private partial void LogKeeperLost();

    [LoggerMessage(304, LogLevel.Warning, "files are not read until the server is found again")]
    private partial void LogNoDigests(Exception failure);
}
