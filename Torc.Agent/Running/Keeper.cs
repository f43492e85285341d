using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Torc.Agent.Journal;
using Torc.Agent.Sampling;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Placement;

namespace Torc.Agent.Running;

/// <summary>
/// Starts, watches and ends the attempts of one agent, and outlives it. Everything that happens is put into one queue and is
/// handled in turns: all that is there, then one flush of the journal for it, then what follows from it.
/// </summary>
internal sealed partial class Keeper(
    AttemptJournal journal,
    IJobProcesses processes,
    TimeProvider time,
    ILogger<Keeper> logger)
{
    /// <summary>How long a keeper stays that has nothing to keep and nobody to talk to.</summary>
    private const int MaxNames = 5;
    private const int MaxDetail = 1_000;

    private static readonly Outcome Overdue = new(OutcomeKind.Fenced, Detail: "the server was not heard for as long as its lease");

    private static readonly TimeSpan LonelyFor = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan RetryJournalAfter = TimeSpan.FromSeconds(1);

    // Ends are told between starts, so that a wide node full of new jobs does not keep them waiting.
    private const int StartsPerTurn = 16;

    private readonly Channel<Occurrence> _occurrences = Channel.CreateUnbounded<Occurrence>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Dictionary<AttemptId, HeldAttempt> _held = [];
    private readonly HashSet<AttemptId> _running = [];
    private readonly LinkedList<HeldAttempt> _waiting = [];
    private readonly List<JournalRecord> _records = [];
    private readonly List<AttemptReport> _reports = [];

    private IAgentPeer? _agent;
    private NodeLedger? _ledger;
    private string? _apiUrl;
    private long _aloneSince;
    private bool _isStopping;

    /// <summary>Something that the keeper has to deal with.</summary>
    private abstract record Occurrence
    {
        public sealed record AgentCame(IAgentPeer Agent) : Occurrence;

        public sealed record AgentAsks(IAgentPeer Agent, KeeperRequest Request) : Occurrence;

        public sealed record AgentWent(IAgentPeer Agent) : Occurrence;

        public sealed record ChildEnded : Occurrence;

        public sealed record Measured(IReadOnlyList<TreeUse> Uses) : Occurrence;

        public sealed record Stop : Occurrence;
    }

    /// <summary>Deals with one agent's connection until it ends.</summary>
    public async Task TalkAsync(IAgentPeer agent)
    {
        Post(new Occurrence.AgentCame(agent));
        await agent.ReadAsync(request => Post(new Occurrence.AgentAsks(agent, request)));
        Post(new Occurrence.AgentWent(agent));
    }

    /// <summary>Returns when nobody has needed this keeper for a while, or when <paramref name="stop"/> ended all attempts.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        await RecoverAsync();
        _aloneSince = time.GetTimestamp();
        processes.Watch(() => Post(new Occurrence.ChildEnded()));
        await using var asked = stop.Register(() => Post(new Occurrence.Stop()));
        using var done = new CancellationTokenSource();
        var sampling = SampleAsync(done.Token);
        try
        {
            while (!IsDone && await _occurrences.Reader.WaitToReadAsync(CancellationToken.None))
            {
                await TakeTurnAsync();
            }
        }
        finally
        {
            done.CancelHere();
            await sampling;
            _agent?.Close();
        }
    }

    private bool IsDone =>
        (_isStopping && _running.Count == 0)
        || (_agent is null && _held.Count == 0 && _running.Count == 0 && time.GetElapsedTime(_aloneSince) >= LonelyFor);

    private void Post(Occurrence occurrence) => _occurrences.Writer.TryWrite(occurrence);

    /// <summary>What an earlier keeper had started and nobody saw ending is lost; it is never started again.</summary>
    private async Task RecoverAsync()
    {
        foreach (var attempt in journal.Attempts.Values)
        {
            var id = attempt.Given.Attempt;
            var held = new HeldAttempt(id, assignment: null);
            _held.Add(id, held);
            if (attempt.Ended is { } ended)
            {
                held.Finish(ended.Report);
                continue;
            }

            var lost = new Outcome(OutcomeKind.NodeLost, Detail: "the keeper was gone; its processes were ended");
            held.Finish(new AttemptEnded(id, time.GetUtcNow(), attempt.Started?.At, lost, AttemptUsage.None));
            _records.Add(new JournalRecord.Ended(held.End!));
            LogLost(id);
        }

        await WriteJournalAsync(durable: true);
    }

    private async Task TakeTurnAsync()
    {
        do
        {
            while (_occurrences.Reader.TryRead(out var occurrence))
            {
                Handle(occurrence);
            }

            EndOverdue();
            var next = TakeWaiting();
            await WriteJournalAsync(durable: true);
            TellReports();

            foreach (var attempt in next)
            {
                Start(attempt);
            }

            // A start that is not in the journal costs no more than its time: the attempt counts as started since it was given.
            await WriteJournalAsync(durable: false, onlyStarts: true);
        }
        while (_records.Count > 0 || CanStart);

        TellReports();
    }

    private void Handle(Occurrence occurrence)
    {
        switch (occurrence)
        {
            case Occurrence.AgentCame came:
                _agent?.Close();
                _agent = came.Agent;
                TellState();
                break;
            case Occurrence.AgentAsks asks when asks.Agent == _agent:
                Handle(asks.Request);
                break;
            case Occurrence.AgentWent went when went.Agent == _agent:
                _agent = null;
                _aloneSince = time.GetTimestamp();
                break;
            case Occurrence.ChildEnded:
                Reap();
                break;
            case Occurrence.Measured measured:
                Measure(measured.Uses);
                break;
            case Occurrence.Stop:
                Stop();
                break;
        }
    }

    private void Handle(KeeperRequest request)
    {
        switch (request)
        {
            case KeeperSetup setup:
                _apiUrl = setup.ApiUrl ?? _apiUrl;
                _ledger ??= new NodeLedger(setup.Capacity);
                _ledger.Resize(setup.Capacity);
                break;
            case RunAttempts run:
                foreach (var assignment in run.Attempts)
                {
                    var attempt = new HeldAttempt(assignment.Attempt, assignment);
                    attempt.Renew(run.AskedAt, time);
                    if (_held.TryAdd(attempt.Id, attempt))
                    {
                        _waiting.AddLast(attempt);
                    }
                }

                break;
            case DropAttempts drop:
                foreach (var id in drop.Attempts)
                {
                    Drop(id);
                }

                break;
            case StopAttempts stop:
                foreach (var order in stop.Orders)
                {
                    Stop(order);
                }

                break;
            case RenewLeases renew:
                foreach (var id in renew.Attempts)
                {
                    _held.GetValueOrDefault(id)?.Renew(renew.AskedAt, time);
                }

                break;
            case ForgetAttempts forget:
                foreach (var id in forget.Attempts)
                {
                    if (_held.TryGetValue(id, out var attempt) && attempt.End is not null)
                    {
                        Forget(attempt);
                    }
                }

                break;
        }
    }

    private void TellState()
    {
        // Reports that are not in the journal yet follow when they are.
        var unwritten = _records.OfType<JournalRecord.Ended>().Select(record => record.Report.Attempt).ToHashSet();
        var held = _held.Values.Where(attempt => !attempt.IsDropped).ToList();
        var starts = held.Where(attempt => attempt.End is null && attempt.StartedAt is not null).Select(attempt => (AttemptReport)new AttemptStarted(attempt.Id, attempt.StartedAt!.Value));
        var ends = held.Select(attempt => attempt.End).OfType<AttemptEnded>().Where(end => !unwritten.Contains(end.Attempt));
        _agent?.Send(new KeeperState(processes.MemoryGuard, [.. held.Select(attempt => attempt.Id)], [.. held.Where(attempt => attempt.Assignment?.Lease is not null).Select(attempt => attempt.Id)], [.. starts.Concat(ends).OrderBy(report => report.At)]));
        _reports.RemoveAll(report => !unwritten.Contains(report.Attempt));
    }

    private void TellReports()
    {
        if (_reports.Count > 0)
        {
            _agent?.Send(new KeeperReports([.. _reports]));
            _reports.Clear();
        }
    }

    private void Drop(AttemptId id)
    {
        if (!_held.TryGetValue(id, out var attempt))
        {
            return;
        }

        if (attempt.Pid > 0)
        {
            attempt.IsDropped = true;
            EndByUs(attempt, new Outcome(OutcomeKind.Fenced));
        }
        else
        {
            _waiting.Remove(attempt);
            Forget(attempt);
        }
    }

    private void Stop(StopOrder order)
    {
        if (_held.TryGetValue(order.Attempt, out var attempt) && attempt.End is null)
        {
            if (attempt.Pid > 0)
            {
                EndByUs(attempt, new Outcome(OutcomeKind.Terminated, Detail: order.Reason));
            }
            else
            {
                _waiting.Remove(attempt);
                End(attempt, time.GetUtcNow(), new Outcome(OutcomeKind.Canceled, Detail: order.Reason), AttemptUsage.None);
            }
        }
    }

    /// <summary>Ends what was not heard of for a lease: the server may give it to another node soon.</summary>
    private void EndOverdue()
    {
        KillOverdue();
        long now = time.GetTimestamp();
        foreach (var attempt in _waiting.Where(attempt => attempt.LeaseEnd < now).ToList())
        {
            _waiting.Remove(attempt);
            End(attempt, time.GetUtcNow(), Overdue, AttemptUsage.None);
        }
    }

    private void KillOverdue()
    {
        long now = time.GetTimestamp();
        foreach (var id in _running.Where(id => _held[id].LeaseEnd < now))
        {
            EndByUs(_held[id], Overdue);
        }
    }

    private void Forget(HeldAttempt attempt)
    {
        _held.Remove(attempt.Id);
        if (journal.Attempts.ContainsKey(attempt.Id))
        {
            _records.Add(new JournalRecord.Forgotten(attempt.Id));
        }
    }

    private void EndByUs(HeldAttempt attempt, Outcome outcome)
    {
        attempt.EndedByUs ??= outcome;
        processes.Signal(attempt.Id, Libc.SigKill);
    }

    private void Stop()
    {
        LogStopping(_running.Count);
        _isStopping = true;
        foreach (var attempt in _waiting)
        {
            _held.Remove(attempt.Id);
        }

        // The agent sees the end of the connection, and does not find the waiting ones at the next keeper: they go back.
        _waiting.Clear();
        foreach (var id in _running)
        {
            EndByUs(_held[id], new Outcome(OutcomeKind.Terminated, Detail: "the keeper was told to stop"));
        }
    }

    private bool CanStart => _waiting.Any(Fits);

    // One that the whole node is too small for was granted by a larger one, and gets all of this.
    private bool Fits(HeldAttempt attempt) =>
        !_isStopping && _ledger is not null && (_ledger.Free.Fits(attempt.Assignment!.Granted) || _ledger.Held.Count == 0);

    private List<HeldAttempt> TakeWaiting()
    {
        var taken = new List<HeldAttempt>();
        for (var node = _waiting.First; node is not null && taken.Count < StartsPerTurn;)
        {
            var (attempt, following) = (node.Value, node.Next);
            if (Fits(attempt))
            {
                _waiting.Remove(node);
                _ledger!.Adopt(attempt.Id, attempt.Assignment!.Granted);
                _records.Add(new JournalRecord.Given(attempt.Id, time.GetUtcNow(), attempt.Assignment.Workflow, attempt.Assignment.JobName));
                taken.Add(attempt);
            }

            node = following;
        }

        return taken;
    }

    /// <summary>Tries until the disk takes it: nothing is started and nothing is told before it is written.</summary>
    private async Task WriteJournalAsync(bool durable, bool onlyStarts = false)
    {
        List<JournalRecord> records = [.. _records.Where(record => !onlyStarts || record is JournalRecord.Started)];
        if (records.Count == 0)
        {
            return;
        }

        // That an end was forgotten may itself be forgotten: it would be told once more, and be a duplicate.
        durable &= records.Exists(record => record is JournalRecord.Given or JournalRecord.Ended);
        while (true)
        {
            try
            {
                await journal.AppendAsync(records, durable, CancellationToken.None);
                _records.RemoveAll(record => !onlyStarts || record is JournalRecord.Started);
                return;
            }
            catch (IOException failure)
            {
                LogJournalFailed(failure);
                await Task.Delay(RetryJournalAfter, time);
                // Leases run out while the disk is full, too.
                KillOverdue();
            }
        }
    }

    private void Start(HeldAttempt attempt)
    {
        var assignment = attempt.Assignment!;
        var started = processes.Start(assignment, [], _apiUrl);
        var now = time.GetUtcNow();
        if (started.Problem is { } problem)
        {
            End(attempt, now, new Outcome(OutcomeKind.SpawnError, Detail: problem), AttemptUsage.None);
            return;
        }

        attempt.Start(started.Pid, now);
        _running.Add(attempt.Id);
        _records.Add(new JournalRecord.Started(attempt.Id, now, started.Pid, started.StartTicks));
        _reports.Add(new AttemptStarted(attempt.Id, now));
        LogStarted(attempt.Id, assignment.Workflow, assignment.JobName, started.Pid);
    }

    private void Reap()
    {
        foreach (var ended in processes.Reap())
        {
            _running.Remove(ended.Attempt);
            var attempt = _held[ended.Attempt];
            var used = attempt.Total(ended.Usage);
            End(attempt, time.GetUtcNow(), attempt.EndedByUs ?? OutcomeOf(attempt.Assignment!, ended.Status), used);
        }
    }

    private Outcome OutcomeOf(Assignment assignment, int status)
    {
        int exitCode = WaitStatus.ExitCode(status);
        if (WaitStatus.Signal(status) is > 0 and var signal)
        {
            return new Outcome(OutcomeKind.Signal, exitCode, WaitStatus.SignalName(signal));
        }

        var missing = exitCode == 0 ? processes.MissingOutputs(assignment) : [];
        return missing.Count == 0
            ? new Outcome(OutcomeKind.Exit, exitCode)
            : new Outcome(OutcomeKind.MissingOutput, exitCode, Some(missing));
    }

    // A report has to stay small, however many files a job was to write.
    private static string Some(IReadOnlyList<string> names)
    {
        string first = string.Join(", ", names.Take(MaxNames));
        string cut = first.Length > MaxDetail ? $"{first[..MaxDetail]}…" : first;
        return names.Count > MaxNames ? $"{cut} and {names.Count - MaxNames} more" : cut;
    }

    private void End(HeldAttempt attempt, DateTimeOffset at, Outcome outcome, AttemptUsage usage)
    {
        _ledger?.Release(attempt.Id);
        LogEnded(attempt.Id, outcome.Kind, outcome.ExitCode, outcome.Detail);
        attempt.Finish(new AttemptEnded(attempt.Id, at, attempt.StartedAt, outcome, usage));
        if (attempt.IsDropped)
        {
            Forget(attempt);
            return;
        }

        _records.Add(new JournalRecord.Ended(attempt.End!));
        _reports.Add(attempt.End!);
    }

    private async Task SampleAsync(CancellationToken cancel)
    {
        using var second = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        try
        {
            while (await second.WaitForNextTickAsync(cancel))
            {
                // Without anything to measure this is the keeper's clock.
                Post(new Occurrence.Measured(processes.Sample()));
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The keeper is done.
        }
    }

    private void Measure(IReadOnlyList<TreeUse> uses)
    {
        var now = time.GetUtcNow();
        var samples = new List<AttemptSample>();
        foreach (var use in uses)
        {
            if (_held.TryGetValue(use.Attempt, out var attempt) && attempt.Pid > 0 && attempt.Measure(now, use.Cpu, use.Memory) is { } sample)
            {
                samples.Add(sample);
            }
        }

        if (samples.Count > 0)
        {
            _agent?.Send(new KeeperSamples(samples));
        }
    }

    [LoggerMessage(341, LogLevel.Debug, "attempt={Attempt} workflow_id={WorkflowId} job_name={Job} started pid={Pid}")]
    private partial void LogStarted(AttemptId attempt, WorkflowId workflowId, string job, int pid);

    [LoggerMessage(342, LogLevel.Debug, "attempt={Attempt} ended outcome={Outcome} exit_code={ExitCode} {Detail}")]
    private partial void LogEnded(AttemptId attempt, OutcomeKind outcome, int? exitCode, string? detail);

    [LoggerMessage(343, LogLevel.Warning, "attempt={Attempt} was lost with an earlier keeper")]
    private partial void LogLost(AttemptId attempt);

    [LoggerMessage(344, LogLevel.Error, "the journal cannot be written; nothing is started or told until it can")]
    private partial void LogJournalFailed(Exception failure);

    [LoggerMessage(345, LogLevel.Information, "told to stop; {Count} attempts are ended")]
    private partial void LogStopping(int count);
}
