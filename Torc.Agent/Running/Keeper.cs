using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Torc.Agent.Journal;
using Torc.Agent.Node;
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
    Spool spool,
    AttemptJournal journal,
    JobEnvironment environment,
    Marks marks,
    TimeProvider time,
    ILogger<Keeper> logger)
{
    /// <summary>How long a keeper stays that has nothing to keep and nobody to talk to.</summary>
    private const int MaxNames = 5;
    private const int MaxDetail = 1_000;

    private static readonly TimeSpan LonelyFor = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan RetryJournalAfter = TimeSpan.FromSeconds(1);

    // Ends are told between starts, so that a wide node full of new jobs does not keep them waiting.
    private const int StartsPerTurn = 16;

    private readonly Channel<Occurrence> _occurrences = Channel.CreateUnbounded<Occurrence>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Dictionary<AttemptId, HeldAttempt> _held = [];
    private readonly Dictionary<int, HeldAttempt> _running = [];
    private readonly LinkedList<HeldAttempt> _waiting = [];
    private readonly Dictionary<int, AttemptId?> _orphans = [];
    private readonly List<JournalRecord> _records = [];
    private readonly List<AttemptReport> _reports = [];

    /// <summary>What runs, for the sampling loop; by the leader's process number.</summary>
    private readonly ConcurrentDictionary<int, AttemptId> _leaders = new();

    private readonly SpawnerMemory _ownMemory = new(ProcFolder.OwnPeakMemory);

    private ChildWatch? _children;
    private KeeperConnection? _agent;
    private NodeLedger? _ledger;
    private string? _apiUrl;
    private long _aloneSince;
    private bool _isStopping;

    /// <summary>Something that the keeper has to deal with.</summary>
    private abstract record Occurrence
    {
        public sealed record AgentCame(KeeperConnection Agent) : Occurrence;

        public sealed record AgentAsks(KeeperConnection Agent, KeeperRequest Request) : Occurrence;

        public sealed record AgentWent(KeeperConnection Agent) : Occurrence;

        public sealed record ChildEnded : Occurrence;

        public sealed record Measured(IReadOnlyList<TreeUse> Uses) : Occurrence;

        public sealed record Stop : Occurrence;
    }

    /// <summary>Deals with one agent's connection until it ends.</summary>
    public async Task TalkAsync(KeeperConnection agent)
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
        _children = new ChildWatch(() => Post(new Occurrence.ChildEnded()));
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
            await done.CancelAsync();
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

            var next = TakeWaiting();
            await WriteJournalAsync(durable: true);
            TellReports();

            foreach (var attempt in next)
            {
                Start(attempt);
            }

            // A start that is not in the journal costs no more than its time: the attempt counts as started since it was given.
            await WriteJournalAsync(durable: false, onlyStarts: true);
            if (next.Count > 0)
            {
                _children?.Resume();
            }
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
        _agent?.Send(new KeeperState([.. held.Select(attempt => attempt.Id)], [.. starts.Concat(ends).OrderBy(report => report.At)]));
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

    private void Forget(HeldAttempt attempt)
    {
        _held.Remove(attempt.Id);
        if (journal.Attempts.ContainsKey(attempt.Id))
        {
            _records.Add(new JournalRecord.Forgotten(attempt.Id));
        }
    }

    // What is left of the group when its leader is gone falls to us one by one, and ends in SweepOrphans.
    private static void EndByUs(HeldAttempt attempt, Outcome outcome)
    {
        attempt.EndedByUs ??= outcome;
        _ = Libc.Kill(-attempt.Pid, Libc.SigKill);
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
        foreach (var attempt in _running.Values)
        {
            EndByUs(attempt, new Outcome(OutcomeKind.Terminated, Detail: "the keeper was told to stop"));
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
            }
        }
    }

    private void Start(HeldAttempt attempt)
    {
        var assignment = attempt.Assignment!;
        var (pid, problem) = JobStart.Start(assignment, environment, spool, _apiUrl);
        var now = time.GetUtcNow();
        if (problem is not null)
        {
            End(attempt, now, new Outcome(OutcomeKind.SpawnError, Detail: problem), AttemptUsage.None);
            return;
        }

        attempt.Start(pid, now);
        _running.Add(pid, attempt);
        _leaders[pid] = attempt.Id;
        // It may have ended by now, but it is not reaped before we do it, so its line is still there.
        _ = ProcFolder.TryRead(pid, out var info);
        _records.Add(new JournalRecord.Started(attempt.Id, now, pid, info.StartTicks));
        _reports.Add(new AttemptStarted(attempt.Id, now));
        LogStarted(attempt.Id, assignment.Workflow, assignment.JobName, pid);
    }

    private void Reap()
    {
        while (ChildThatEnded() is { } pid)
        {
            var attempt = _running.GetValueOrDefault(pid);
            if (attempt is not null)
            {
                // While the leader is not reaped its number is its own, so this hits what it left behind and nobody else.
                _ = Libc.Kill(-pid, Libc.SigKill);
            }

            _ = Libc.Wait4(pid, out int status, 0, out var usage);
            if (attempt is not null)
            {
                _running.Remove(pid);
                _leaders.TryRemove(pid, out _);
                Ended(attempt, status, usage);
            }
            else if (_orphans.Remove(pid, out var owner) && owner is { } id && _held.TryGetValue(id, out var held))
            {
                held.AdoptedCpu += usage.CpuTime;
            }
        }

        SweepOrphans();
        _children?.Resume();
    }

    private static unsafe int? ChildThatEnded()
    {
        byte* info = stackalloc byte[Libc.SizeOfSignalInfo];
        *(int*)(info + Libc.SignalInfoPid) = 0;
        int answer = Libc.WaitId(Libc.WaitAll, 0, info, Libc.WaitExited | Libc.WaitNoWait | Libc.WaitNoHang);
        int pid = *(int*)(info + Libc.SignalInfoPid);
        return answer == 0 && pid > 0 ? pid : null;
    }

    private void Ended(HeldAttempt attempt, int status, Libc.Usage usage)
    {
        var cpu = usage.CpuTime + attempt.AdoptedCpu;
        var peak = _ownMemory.PeakOf(usage);
        var used = new AttemptUsage(cpu > attempt.SampledCpu ? cpu : attempt.SampledCpu, peak > attempt.PeakMemory ? peak : attempt.PeakMemory);
        End(attempt, time.GetUtcNow(), attempt.EndedByUs ?? OutcomeOf(attempt.Assignment!, status), used);
    }

    private static Outcome OutcomeOf(Assignment assignment, int status)
    {
        int exitCode = WaitStatus.ExitCode(status);
        if (WaitStatus.Signal(status) is > 0 and var signal)
        {
            return new Outcome(OutcomeKind.Signal, exitCode, WaitStatus.SignalName(signal));
        }

        string[] missing = exitCode == 0 ? [.. assignment.Outputs.Where(output => !Path.Exists(Path.Combine(assignment.WorkingDirectory, output)))] : [];
        return missing.Length == 0
            ? new Outcome(OutcomeKind.Exit, exitCode)
            : new Outcome(OutcomeKind.MissingOutput, exitCode, Some(missing));
    }

    // A report has to stay small, however many files a job was to write.
    private static string Some(string[] names)
    {
        string first = string.Join(", ", names.Take(MaxNames));
        string cut = first.Length > MaxDetail ? $"{first[..MaxDetail]}…" : first;
        return names.Length > MaxNames ? $"{cut} and {names.Length - MaxNames} more" : cut;
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

    /// <summary>
    /// Ends processes that outlived their parents and their attempt. Each one that ends may leave others to us, and is an
    /// occasion to look again, until none is left.
    /// </summary>
    private void SweepOrphans()
    {
        var adopted = new List<int>();
        ProcFolder.ReadAdopted(adopted);
        foreach (int pid in adopted.Where(pid => !_running.ContainsKey(pid)))
        {
            if (!_orphans.TryGetValue(pid, out var owner))
            {
                _orphans[pid] = owner = OwnerOf(pid);
            }

            // One that hides whose it is can only be of an attempt that runs, as long as any does.
            bool mayStay = owner is { } id ? _held.TryGetValue(id, out var attempt) && attempt.Pid > 0 : _running.Count > 0;
            if (!mayStay)
            {
                _ = Libc.Kill(pid, Libc.SigKill);
            }
        }
    }

    private AttemptId? OwnerOf(int pid) =>
        ProcFolder.TryRead(pid, out var info) && _running.TryGetValue(info.Session, out var attempt) ? attempt.Id : marks.Of(pid);

    private async Task SampleAsync(CancellationToken cancel)
    {
        var sampler = new TreeSampler(Environment.ProcessId, marks.Of);
        using var second = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        try
        {
            while (await second.WaitForNextTickAsync(cancel))
            {
                // Without anything to measure this is the keeper's clock.
                Post(new Occurrence.Measured(_leaders.IsEmpty ? [] : sampler.Sample(_leaders)));
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
