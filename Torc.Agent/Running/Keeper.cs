using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Torc.Agent.Files;
using Torc.Agent.Journal;
using Torc.Agent.Sampling;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Placement;
using Torc.Shared.Reruns;

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
    private static readonly TimeSpan LonelyFor = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan RetryJournalAfter = TimeSpan.FromSeconds(1);

    // Timers stand still while the machine sleeps, and the clock does not: so never sleep for long.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortestSleep = TimeSpan.FromMilliseconds(1);

    // One that measures has to leave most of a CPU to the jobs, however many processes there are.
    private const int RestPerScan = 9;

    // Ends are told between starts, so that a wide node full of new jobs does not keep them waiting.
    private const int StartsPerTurn = 16;

    // Word of an end may wait for a moment, as long as there are many to start: fewer and larger messages leave the CPUs to the jobs. Word of a
    // start always may: a short job has ended by then, and no other waits for it.
    private const int ManyToStart = 8;
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMilliseconds(20);

    // Whoever puts something in takes the turn, if none is being taken: between an end and the next start each change of threads counts.
    private readonly Channel<Occurrence> _occurrences =
        Channel.CreateUnbounded<Occurrence>(new UnboundedChannelOptions { SingleReader = true, AllowSynchronousContinuations = true });

    private readonly Dictionary<AttemptId, HeldAttempt> _held = [];

    /// <summary>Those that have processes.</summary>
    private readonly Dictionary<AttemptId, HeldAttempt> _running = [];

    /// <summary>Those that have room, and start as soon as the journal says so.</summary>
    private readonly List<HeldAttempt> _starting = [];

    private readonly LinkedList<HeldAttempt> _waiting = [];
    private readonly GpuPool _gpus = new();
    private readonly GpuReadings _gpuReadings = new();
    private readonly List<JournalRecord> _records = [];
    private readonly List<AttemptReport> _reports = [];

    private IAgentPeer? _agent;
    private NodeLedger? _ledger;
    private string? _apiUrl;
    private TimeSpan _aloneSince;
    private TimeSpan _measureAt;

    /// <summary>When the alarm will ring by itself: at the latest when the next thing is due.</summary>
    private TimeSpan _alarmAt;

    /// <summary>Reports may wait until then, or until something has ended and no more than so many wait for room.</summary>
    private (TimeSpan Until, int Waiting) _silence = (TimeSpan.MaxValue, 0);

    /// <summary>No attempt that waits is to be given up before this: leases are renewed and never shortened.</summary>
    private TimeSpan _giveUpAt = TimeSpan.MaxValue;
    private TimeSpan? _retryJournalAt;

    /// <summary>The disk has to have what is written next before anything follows from it.</summary>
    private bool _mustFlush = true;

    /// <summary>Ends were written that the disk may not have yet.</summary>
    private bool _hasUnflushedEnds;
    private bool _isStopping;

    /// <summary>What the agent was told last.</summary>
    private bool _areGpusUsed;

    private TimeSpan Now => time.GetElapsedTime(0);

    /// <summary>Something that the keeper has to deal with.</summary>
    private abstract record Occurrence
    {
        public sealed record AgentCame(IAgentPeer Agent) : Occurrence;

        public sealed record AgentAsks(IAgentPeer Agent, KeeperRequest Request) : Occurrence;

        public sealed record AgentWent(IAgentPeer Agent) : Occurrence;

        /// <summary>Only wakes the keeper, as every turn looks for those that have ended. So does the next.</summary>
        public sealed record ChildEnded : Occurrence;

        public sealed record TimePassed : Occurrence;

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
        _aloneSince = Now;
        processes.Watch(() => Post(new Occurrence.ChildEnded()));
        await using var asked = stop.Register(() => Post(new Occurrence.Stop()));
        await using var alarm = time.CreateTimer(_ => Post(new Occurrence.TimePassed()), null, LongestSleep, Timeout.InfiniteTimeSpan);
        try
        {
            while (!IsDone && await _occurrences.Reader.WaitToReadAsync(CancellationToken.None))
            {
                await TakeTurnAsync();
                if (NextSleep() is var sleep && (Now + sleep < _alarmAt || Now >= _alarmAt))
                {
                    _alarmAt = Now + sleep;
                    alarm.Change(sleep, Timeout.InfiniteTimeSpan);
                }
            }
        }
        finally
        {
            _agent?.Close();
        }
    }

    private bool IsDone =>
        (_isStopping && _running.Count == 0 && _records.Count == 0)
        || (_agent is null && _held.Count == 0 && Now - _aloneSince >= LonelyFor);

    private TimeSpan NextSleep()
    {
        var now = Now;
        var sleep = LongestSleep;
        foreach (var attempt in _running.Values)
        {
            Until(attempt.Ladder!.LookAgainAt);
        }

        Until(_giveUpAt);
        if (_retryJournalAt is null)
        {
            Until(_silence.Until);
        }

        if (_running.Count > 0)
        {
            Until(_measureAt);
        }

        return sleep > ShortestSleep ? sleep : ShortestSleep;

        void Until(TimeSpan moment) => sleep = Earlier(moment - now, sleep);
    }

    private void Post(Occurrence occurrence) => _occurrences.Writer.TryWrite(occurrence);

    /// <summary>What an earlier keeper had started and nobody saw ending is lost; it is never started again.</summary>
    private async Task RecoverAsync()
    {
        foreach (var attempt in journal.Attempts.Values)
        {
            var id = attempt.Given.Attempt;
            if (attempt.Ended is { } ended)
            {
                _held.Add(id, new HeldAttempt(ended.Report));
                continue;
            }

            var outcome = new Outcome(OutcomeKind.NodeLost, Detail: "the keeper was gone; its processes were ended");
            var lost = new HeldAttempt(new AttemptEnded(id, time.GetUtcNow(), attempt.Started?.At, outcome, AttemptUsage.None, Logs: processes.LookAtLogs(id)));
            _held.Add(id, lost);
            _records.Add(new JournalRecord.Ended(lost.End!));
            LogLost(id);
        }

        while (!await TryWriteJournalAsync())
        {
            await Task.Delay(RetryJournalAfter, time);
        }
    }

    private async Task TakeTurnAsync()
    {
        // One that was frozen finds old wishes in its queue: what has run out meanwhile comes before them.
        Advance();
        do
        {
            while (_occurrences.Reader.TryRead(out var occurrence))
            {
                Handle(occurrence);
            }

            Advance();
            TakeWaiting();
            if (!await TryWriteJournalAsync())
            {
                // Nothing is started and nothing is told before it is written. What runs is held to its limits all the same.
                return;
            }

            TellReports();
            StartTaken();

            // A start that is not in the journal costs no more than its time: the attempt counts as started since it was given.
            await TryWriteJournalAsync(onlyStarts: true);
        }
        while (_records.Count > 0 || CanTake);

        TellReports();
        TellGpus();
        await FlushToldAsync();
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
                _aloneSince = Now;
                break;
            case Occurrence.TimePassed:
                _alarmAt = TimeSpan.MinValue;
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
                _gpus.Offer(setup.Gpus ?? GpuPool.Numbered(setup.Capacity.Gpus));
                break;
            case RunAttempts run:
                foreach (var assignment in run.Attempts)
                {
                    var attempt = new HeldAttempt(assignment, time.GetElapsedTime(0, run.AskedAt));
                    if (_held.TryAdd(attempt.Id, attempt))
                    {
                        _waiting.AddLast(attempt);
                        _giveUpAt = Earlier(_giveUpAt, attempt.Ladder!.LookAgainAt);
                    }
                    else
                    {
                        _held[attempt.Id].Ladder?.Renew(time.GetElapsedTime(0, run.AskedAt));
                    }
                }

                // The server refills what was half used.
                _silence.Waiting = Math.Max(ManyToStart, _waiting.Count / 2);
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
            case ReturnAttempts give:
                foreach (var id in give.Attempts)
                {
                    Return(id);
                }

                break;
            case GpuRead read:
                _gpuReadings.Add(read.Reading, Now);
                break;
            case RenewLeases renew:
                foreach (var id in renew.Attempts)
                {
                    _held.GetValueOrDefault(id)?.Ladder?.Renew(time.GetElapsedTime(0, renew.AskedAt));
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
        _areGpusUsed = false;
        TellGpus();
    }

    private void TellGpus()
    {
        if (_gpus.IsUsed != _areGpusUsed)
        {
            _areGpusUsed = _gpus.IsUsed;
            _agent?.Send(new KeeperGpus(_areGpusUsed));
        }
    }

    // Called only when the journal has all that is told.
    private void TellReports()
    {
        if (_reports.Count == 0)
        {
            _silence.Until = TimeSpan.MaxValue;
            return;
        }

        bool mayWait = _waiting.Count > _silence.Waiting || _reports.TrueForAll(report => report is AttemptStarted);
        if (mayWait && _silence.Until == TimeSpan.MaxValue)
        {
            _silence.Until = Now + LongestSilence;
        }

        if (!mayWait || Now >= _silence.Until)
        {
            _silence.Until = TimeSpan.MaxValue;
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
            // The job is somebody else's by now: no grace.
            attempt.IsDropped = true;
            attempt.Ladder!.Force(EndCause.Dropped, Now);
        }
        else
        {
            TakeBack(attempt);
            Forget(attempt);
        }
    }

    // A wish may arrive twice. The second one changes nothing: it must not cost the attempt its grace.
    private void Stop(StopOrder order)
    {
        if (!_held.TryGetValue(order.Attempt, out var attempt) || attempt.End is not null)
        {
            return;
        }

        if (attempt.Pid > 0)
        {
            attempt.Ladder!.Ask(new EndCause(OutcomeKind.Terminated, order.Reason), Now);
        }
        else
        {
            EndUnstarted(attempt, new Outcome(OutcomeKind.Canceled, Detail: order.Reason));
        }
    }

    // What has room is in the journal, or on its way there, and is about to start.
    private void Return(AttemptId id)
    {
        if (_held.TryGetValue(id, out var attempt) && _waiting.Remove(attempt))
        {
            Forget(attempt);
            _reports.Add(new AttemptReturned(id, time.GetUtcNow()));
        }
    }

    private void Stop()
    {
        LogStopping(_running.Count);
        _isStopping = true;
        foreach (var attempt in _waiting.Concat(_starting).ToList())
        {
            // The agent sees the end of the connection, and does not find these at the next keeper: they go back.
            TakeBack(attempt);
            Forget(attempt);
        }

        foreach (var attempt in _running.Values)
        {
            attempt.Ladder!.Ask(EndCause.KeeperStops, Now);
        }
    }

    private void TakeBack(HeldAttempt attempt)
    {
        _waiting.Remove(attempt);
        _starting.Remove(attempt);
        _ledger?.Release(attempt.Id);
        _gpus.Release(attempt.Id);
    }

    private void EndUnstarted(HeldAttempt attempt, Outcome outcome)
    {
        TakeBack(attempt);
        End(attempt, new AttemptEnded(attempt.Id, time.GetUtcNow(), null, outcome, AttemptUsage.None));
    }

    private void Forget(HeldAttempt attempt)
    {
        _held.Remove(attempt.Id);
        if (attempt.IsJournaled)
        {
            _records.Add(new JournalRecord.Forgotten(attempt.Id));
        }
    }

    private bool CanTake => _starting.Count < StartsPerTurn && HasRoom && _waiting.Any(Fits);

    // A full node need not look at all that wait.
    private bool HasRoom => !_isStopping && _ledger is { } ledger && (!ledger.Free.IsFull || ledger.Placed.Count == 0);

    // One that the whole node is too small for was granted by a larger one, and gets all of this.
    private bool Fits(HeldAttempt attempt) =>
        (_ledger!.Free.HasRoomFor(attempt.Assignment!.Granted) || _ledger.Placed.Count == 0) && attempt.Ladder!.MayStart(Now);

    private void TakeWaiting()
    {
        for (var node = _waiting.First; node is not null && _starting.Count < StartsPerTurn && HasRoom;)
        {
            var (attempt, following) = (node.Value, node.Next);
            if (Fits(attempt))
            {
                _waiting.Remove(node);
                _ledger!.Adopt(attempt.Id, attempt.Assignment!.Granted);
                _mustFlush |= !attempt.IsGivenAhead;
                Write(attempt, isAhead: false);
                _starting.Add(attempt);
            }

            node = following;
        }

        if (_mustFlush)
        {
            GiveAhead();
        }
    }

    // One flush takes as long as starting a job. Those that come next share it.
    private void GiveAhead()
    {
        foreach (var attempt in _waiting.Where(attempt => !attempt.IsGivenAhead).Take(StartsPerTurn))
        {
            attempt.IsGivenAhead = true;
            Write(attempt, isAhead: true);
        }
    }

    private void Write(HeldAttempt attempt, bool isAhead)
    {
        _records.Add(new JournalRecord.Given(attempt.Id, time.GetUtcNow(), attempt.Assignment!.Workflow, attempt.Assignment.JobName, isAhead));
        attempt.IsJournaled = true;
    }

    /// <summary>Fails as long as the disk is full or broken, and does not ask it more than once a second.</summary>
    private async Task<bool> TryWriteJournalAsync(bool onlyStarts = false)
    {
        List<JournalRecord> records = [.. _records.Where(record => !onlyStarts || record is JournalRecord.Started)];
        return records.Count == 0 || await TryUseJournalAsync(async () =>
        {
            await journal.AppendAsync(records, durable: _mustFlush && !onlyStarts, CancellationToken.None);
            _records.RemoveAll(record => !onlyStarts || record is JournalRecord.Started);
            if (!onlyStarts)
            {
                _hasUnflushedEnds = !_mustFlush && (_hasUnflushedEnds || records.Exists(record => record is JournalRecord.Ended));
                _mustFlush = false;
            }
        });
    }

    // The server stores an end while our disk does. Whoever loses power now has lost the attempt with it, or the server has its end.
    private async Task FlushToldAsync()
    {
        if (_hasUnflushedEnds && _reports.Count == 0)
        {
            await TryUseJournalAsync(async () =>
            {
                await journal.FlushAsync(CancellationToken.None);
                _hasUnflushedEnds = false;
            });
        }
    }

    private async Task<bool> TryUseJournalAsync(Func<Task> use)
    {
        if (Now < _retryJournalAt)
        {
            return false;
        }

        try
        {
            await use();
            _retryJournalAt = null;
            return true;
        }
        catch (IOException failure)
        {
            LogJournalFailed(failure);
            _retryJournalAt = Now + RetryJournalAfter;
            return false;
        }
    }

    // The disk may have taken long over the journal: some leases may not be worth a start any more.
    private void StartTaken()
    {
        foreach (var attempt in _starting.Where(attempt => attempt.Ladder!.MayStart(Now)).ToList())
        {
            _starting.Remove(attempt);
            Start(attempt);
        }
    }

    private void Start(HeldAttempt attempt)
    {
        var assignment = attempt.Assignment!;
        attempt.Inputs = processes.LookAtInputs(assignment);
        attempt.Ladder!.Start(Now);
        var started = processes.Start(assignment, _gpus.Take(attempt.Id, assignment.Granted.Gpus), _apiUrl);
        var now = time.GetUtcNow();
        if (started.Problem is { } problem)
        {
            EndUnstarted(attempt, new Outcome(OutcomeKind.SpawnError, Detail: problem));
            return;
        }

        attempt.Start(started.Pid, now);
        if (_running.Count == 0)
        {
            _measureAt = Now + MemoryPace.Slow;
        }

        _running.Add(attempt.Id, attempt);
        _records.Add(new JournalRecord.Started(attempt.Id, now, started.Pid, started.StartTicks, started.LatestStartTicks));
        _reports.Add(new AttemptStarted(attempt.Id, now));
        LogStarted(attempt.Id, assignment.Workflow, assignment.JobName, started.Pid);
    }

    /// <summary>Takes note of what has ended, and does to all others what their limits ask for now.</summary>
    private void Advance()
    {
        // Before any signal is sent: what ended by itself until now has its own end.
        Reap();
        if (_running.Count > 0 && Now >= _measureAt)
        {
            Measure();
        }

        foreach (var attempt in _running.Values.ToList())
        {
            Advance(attempt);
        }

        if (Now >= _giveUpAt)
        {
            GiveUpWaiting();
        }
    }

    private void GiveUpWaiting()
    {
        _giveUpAt = TimeSpan.MaxValue;
        foreach (var attempt in _waiting.Concat(_starting).ToList())
        {
            if (attempt.Ladder!.GivenUpBeforeStart(Now) is { } cause)
            {
                EndUnstarted(attempt, new Outcome(cause.Kind, Detail: $"{cause.Detail}; it was not started"));
            }
            else
            {
                _giveUpAt = Earlier(_giveUpAt, attempt.Ladder.LookAgainAt);
            }
        }
    }

    private static TimeSpan Earlier(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private void Reap()
    {
        foreach (var ended in processes.Reap())
        {
            // One that was given up may come to its end after all.
            if (_running.TryGetValue(ended.Attempt, out var attempt))
            {
                NoteLeaderEnd(attempt, ended.Status, ended.RanOutOfMemory, attempt.Total(ended.Usage), ended.IsOfRecovery);
                attempt.Ladder!.LeaderEnded(Now);
            }
        }
    }

    private void NoteLeaderEnd(HeldAttempt attempt, int? status, bool ranOutOfMemory, AttemptUsage used, bool isOfRecovery = false)
    {
        var at = time.GetUtcNow();
        var assignment = attempt.Assignment!;
        var cause = attempt.Ladder!.HasSignaled ? attempt.Ladder.Cause : null;
        var ran = Now - attempt.Ladder.StartedAt!.Value;
        var outcome = Verdict.Of(cause, status, ranOutOfMemory, assignment.Granted, used.PeakMemory, ran);
        var outputs = status is null ? [] : processes.LookAtOutputs(assignment);
        if (isOfRecovery)
        {
            outcome = Verdict.OfRecovery(outcome);
        }
        else if (outcome.Succeeded)
        {
            outcome = Verdict.WithOutputs(outcome, [.. outputs.Where(output => output.State == FileState.Missing).Select(output => output.Path)]);
        }

        attempt.LeaderEnd = new AttemptEnded(attempt.Id, at, attempt.StartedAt, outcome, used, FilesOf(attempt, outputs, isOver: status is not null));
    }

    // What cannot be killed mostly waits for a share that hangs, and whoever looks there hangs as well.
    private AttemptFiles? FilesOf(HeldAttempt attempt, IReadOnlyList<RecordedFile> outputs, bool isOver)
    {
        var assignment = attempt.Assignment!;
        return assignment.Inputs.Count + assignment.Outputs.Count == 0
            ? null
            : FileRecords.Of(attempt.Inputs, isOver ? processes.LookAtInputs(assignment) : null, outputs);
    }

    private void Advance(HeldAttempt attempt)
    {
        var rung = attempt.Ladder!.Next(Now);
        int left = rung switch
        {
            Rung.Terminate => processes.Signal(attempt.Id, Libc.SigTerm),
            Rung.Kill or Rung.GiveUp => processes.Signal(attempt.Id, Libc.SigKill),
            _ when attempt.LeaderEnd is not null => processes.Signal(attempt.Id, 0),
            _ => 0,
        };
        if (rung is Rung.Terminate or Rung.Kill && attempt.LeaderEnd is null)
        {
            LogEnding(attempt.Id, rung, attempt.Ladder.Cause!.Kind, left);
        }

        if (rung == Rung.GiveUp)
        {
            LogUnkillable(attempt.Id, left, Ladder.KillPatience.TotalSeconds);
            if (attempt.LeaderEnd is null)
            {
                NoteLeaderEnd(attempt, status: null, ranOutOfMemory: false, attempt.Total(AttemptUsage.None));
            }
        }

        // The end is told when nothing is left: the next attempt of the job must not meet this one.
        if (attempt.LeaderEnd is { } end && (left == 0 || rung == Rung.GiveUp))
        {
            _running.Remove(attempt.Id);
            processes.Release(attempt.Id);
            End(attempt, end);
        }
    }

    private void End(HeldAttempt attempt, AttemptEnded end)
    {
        // Nothing of it is left that could write more.
        end = end.StartedAt is null ? end : end with { Logs = processes.LookAtLogs(attempt.Id) };
        _ledger?.Release(attempt.Id);
        _gpus.Release(attempt.Id);
        LogEnded(attempt.Id, end.Outcome.Kind, end.Outcome.ExitCode, end.Outcome.Detail);
        attempt.Finish(end);
        if (attempt.IsDropped)
        {
            Forget(attempt);
            return;
        }

        _records.Add(new JournalRecord.Ended(end));
        attempt.IsJournaled = true;
        // The end says when it started.
        _reports.RemoveAll(report => report is AttemptStarted && report.Attempt == attempt.Id);
        _reports.Add(end);
    }

    private void Measure()
    {
        var began = Now;
        var uses = processes.Sample();
        var (at, now) = (time.GetUtcNow(), Now);
        var pause = MemoryPace.Slow;
        var samples = new List<AttemptSample>();
        foreach (var use in uses)
        {
            if (!_running.TryGetValue(use.Attempt, out var attempt) || attempt.LeaderEnd is not null)
            {
                continue;
            }

            // One that has ended and was not waited for yet uses nothing any more: that is no reading.
            if (attempt.Measure(at, use, _gpuReadings.Of(_gpus.Of(use.Attempt), now)) is { Point.Levels.Memory.Bytes: > 0 } sample)
            {
                samples.Add(sample);
            }

            if (use.RanOutOfMemory || IsOverItsMemory(attempt, use))
            {
                attempt.Ladder!.Force(EndCause.MemoryOver, now);
            }

            pause = processes.MemoryGuard == MemoryGuard.Sampling && attempt.SamplePause < pause ? attempt.SamplePause : pause;
        }

        var rest = RestPerScan * (now - began);
        _measureAt = now + (rest > pause ? rest : pause);
        if (samples.Count > 0)
        {
            _agent?.Send(new KeeperSamples(samples));
        }
    }

    private bool IsOverItsMemory(HeldAttempt attempt, TreeUse use) =>
        processes.MemoryGuard == MemoryGuard.Sampling && attempt.Assignment!.Granted.Memory is { Bytes: > 0 } limit && use.Memory > limit;

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

    [LoggerMessage(346, LogLevel.Information, "attempt={Attempt} {Rung} cause={Cause} processes={Count}")]
    private partial void LogEnding(AttemptId attempt, Rung rung, OutcomeKind cause, int count);

    [LoggerMessage(347, LogLevel.Error, "attempt={Attempt} is unkillable: {Count} processes are left {Seconds} s after SIGKILL")]
    private partial void LogUnkillable(AttemptId attempt, int count, double seconds);
}
