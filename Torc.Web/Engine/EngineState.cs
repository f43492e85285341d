using System.Globalization;
using System.Text.Json;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Placement;
using Torc.Shared.Quantities;
using Torc.Shared.Reruns;
using Torc.Shared.Workflows;

namespace Torc.Web.Engine;

/// <summary>
/// All that the engine knows while it runs: workflows that have not ended, ready jobs, nodes. It decides and notes in
/// the <see cref="Commit"/> what is to be stored; it stores, sends and waits for nothing itself.
/// </summary>
internal sealed partial class EngineState
{
    private readonly Dictionary<WorkflowId, ActiveWorkflow> _workflows = [];
    private readonly Dictionary<JobId, ActiveWorkflow> _owners = [];
    private readonly Dictionary<NodeId, NodeState> _nodes = [];
    private readonly ReadyQueue _ready = new();
    private readonly NodeHolds _holds = new();
    private readonly HashSet<JobId> _toCheck = [];
    private readonly Credit _credit;
    private long _lastWorkflow;
    private long _lastJob;
    private long _lastNode;

    private readonly EngineOptions _options;

    /// <param name="uptime">How long the server has run. Leases count from now: nobody remembers when they began.</param>
    public EngineState(StoredState stored, EngineOptions options, TimeSpan uptime)
    {
        _options = options;
        _credit = new Credit(options.Ahead);
        Uptime = uptime;
        (_lastWorkflow, _lastJob, _lastNode) = (stored.LastWorkflow, stored.LastJob, stored.LastNode);
        _requests = stored.Requests.ToDictionary(request => request.Key.Key);
        foreach (var node in stored.Nodes)
        {
            node.RenewedAt = uptime;
            _nodes.Add(node.Id, node);
        }

        foreach (var workflow in stored.Workflows)
        {
            Hold(workflow);
        }
    }

    /// <summary>How long the server has run, by a clock that never jumps: leases are counted by it.</summary>
    public TimeSpan Uptime { get; set; }

    /// <summary>What the clocks of people say; placement compares it with when attempts started.</summary>
    public DateTimeOffset Now { get; set; }

    public IReadOnlyCollection<NodeState> Nodes => _nodes.Values;

    public IReadOnlyCollection<ActiveWorkflow> Workflows => _workflows.Values;

    private IEnumerable<NodeRoom> Rooms => _nodes.Values.Where(node => node.Connection is not null).Select(RoomOf);

    /// <summary>The hub's names for the connections of all agents that said hello.</summary>
    public IReadOnlyList<string> Connections => [.. _nodes.Values.Select(node => node.Connection).OfType<string>()];

    public ActiveWorkflow? Owner(JobId job) => _owners.GetValueOrDefault(job);

    public ActiveWorkflow? Find(WorkflowId workflow) => _workflows.GetValueOrDefault(workflow);

    public string NodeName(NodeId node) => _nodes.TryGetValue(node, out var known) ? known.Name : $"node {node}";

    public ActiveWorkflow Create(WorkflowDefinition definition, string workingDirectory, SpecSource spec, DateTimeOffset now, Commit commit)
    {
        var id = new WorkflowId(++_lastWorkflow);
        var firstJob = new JobId(_lastJob + 1);
        _lastJob += definition.Jobs.Count;
        var head = new WorkflowHead(id, workingDirectory, now);
        var workflow = new ActiveWorkflow(head, WorkflowState.Draft(id, definition, firstJob));
        Hold(workflow);
        commit.NewWorkflows.Add(new NewWorkflow(head, definition, firstJob, spec));
        return workflow;
    }

    /// <param name="by">Who starts it.</param>
    /// <returns>Whether it was a draft.</returns>
    public bool TryStart(ActiveWorkflow workflow, string by, DateTimeOffset now, Commit commit)
    {
        if (WorkflowMachine.TryStart(workflow.State) is not { } decision)
        {
            return false;
        }

        workflow.Head = workflow.Head with { StartedAt = now };
        Begin(workflow, new NewRun(workflow.State.Id, workflow.State.Run, Scope: null, by, now, workflow.Head.SpecVersion, workflow.State.JobCount), commit);
        ClearEphemeral(workflow, runs: null, now, commit);
        Note(workflow, decision, now, commit);
        return true;
    }

    /// <summary>Asks jobs to end. Those that run do so when their agents have ended them.</summary>
    /// <param name="positions">Null for all jobs of the workflow.</param>
    /// <param name="reason">Such as "stopped by ann".</param>
    /// <returns>Whether there was anything to end.</returns>
    public bool TryStop(ActiveWorkflow workflow, IReadOnlyCollection<int>? positions, string reason, DateTimeOffset now, Commit commit)
    {
        if (WorkflowMachine.TryStop(workflow.State, positions, reason) is not { } decision)
        {
            return false;
        }

        TellStops(decision);
        Note(workflow, decision, now, commit);
        return true;
    }

    /// <summary>Turns jobs off or on.</summary>
    /// <param name="reason">Such as "turned off by ann".</param>
    /// <returns>Whether there was any to turn.</returns>
    public bool TryTurn(ActiveWorkflow workflow, IReadOnlyCollection<int> positions, bool on, string reason, DateTimeOffset now, Commit commit)
    {
        if (WorkflowMachine.TryTurn(workflow.State, positions, on, reason, position => workflow.NewestAttempt(position)?.Outcome) is not { } decision)
        {
            return false;
        }

        Note(workflow, decision, now, commit);
        return true;
    }

    private void TellStops(Decision decision)
    {
        foreach (var job in decision.Moves.Where(job => job.Status.HoldsNode() && job.StopReason is not null))
        {
            _nodes[job.Node!.Value].StopsToTell.Add(job.NewestAttempt);
        }
    }

    /// <summary>
    /// A person knows that a node will not come back. What it held is lost; if it comes back all the same, it has to end that. Jobs that
    /// run again elsewhere wait for the end of their lease all the same: people err, and two copies must not run.
    /// </summary>
    /// <param name="why">Such as "ann declared its node gone".</param>
    /// <returns>How many attempts were lost; null if there is no such node, or if it is connected.</returns>
    public int? DeclareGone(NodeId id, string why, DateTimeOffset now, Commit commit) => Held(id) is { } held ? Lose(_nodes[id], held, why, now, commit) : null;

    /// <summary>Counts the attempts that <see cref="DeclareGone"/> would lose; null as there. Nothing changes.</summary>
    public int? CountToLose(NodeId id) => Held(id)?.Count();

    // Those of a node that is not connected, as long as nobody knows better.
    private IEnumerable<AttemptId>? Held(NodeId id) =>
        _nodes.TryGetValue(id, out var node) && node.Connection is null ? node.Ledger.Held.Where(attempt => OnLostOf(attempt) == OnLost.Hold) : null;

    /// <summary>Takes the jobs whose leases have run out from nodes that were not heard for so long.</summary>
    /// <returns>How many attempts were lost.</returns>
    public int ExpireLeases(DateTimeOffset now, Commit commit) =>
        _nodes.Values.Where(node => Uptime - node.RenewedAt > _options.LeaseRunsOutAfter).ToList().Sum(node => Lose(
            node,
            node.Ledger.Held.Where(attempt => OnLostOf(attempt) == OnLost.Rerun),
            $"node {node.Name} was not heard for {DurationText.Print(_options.LeaseRunsOutAfter)}",
            now,
            commit));

    /// <summary>An agent opens its conversation: both sides agree again on what it holds.</summary>
    /// <returns>Null if a newer conversation of the same agent is open.</returns>
    public HelloAnswer? Hello(AgentHello hello, string connection, DateTimeOffset now, Commit commit)
    {
        var node = _nodes.Values.FirstOrDefault(node => node.AgentId == hello.AgentId);
        if (node is null)
        {
            node = new NodeState(new NodeId(++_lastNode), hello.AgentId, hello.NodeName, hello.Version, hello.Session, hello.Capacity, now);
            _nodes.Add(node.Id, node);
            commit.NewNodes.Add(node.Id, node);
        }
        else if (hello.Session <= node.Session)
        {
            return null;
        }

        node.Session = hello.Session;
        node.Name = hello.NodeName;
        node.AgentVersion = hello.Version;
        bool isHeardAgain = node.Connection is null;
        node.Connection = connection;
        node.BellRung = false;
        node.MemoryGuard = hello.MemoryGuard;
        node.LastHeard = now;
        (node.RenewedAt, node.OfferedAt) = (Uptime, Uptime);
        node.LastReport = default;
        node.Ledger.Resize(hello.Capacity);
        commit.Put(node);

        var held = hello.Held.ToHashSet();
        foreach (var attempt in node.Ledger.Held.Where(attempt => !held.Contains(attempt)).ToList())
        {
            TakeBack(attempt, now, commit);
        }

        if (isHeardAgain)
        {
            SeeAnew(node, commit);
        }

        node.ToTakeBack.Clear();
        node.StopsToTell.Clear();
        node.StopsToTell.UnionWith(node.Ledger.Held.Where(attempt => StateOf(attempt)?.StopReason is not null));

        var drop = new List<AttemptId>();
        var unknown = new List<AttemptId>();
        foreach (var attempt in held.Where(attempt => !node.Ledger.Holds(attempt)))
        {
            if (StateOf(attempt) is not { } job)
            {
                unknown.Add(attempt);
            }
            else if (job.Attempt != attempt.Number || !hello.Ended.Contains(attempt))
            {
                // Not current, or given up while nobody could hear its node: either way it may not go on. One that has ended by
                // itself may count still, or waits for the word that its end has arrived; the next report brings both.
                drop.Add(attempt);
            }
        }

        return new HelloAnswer(node.Id, drop, unknown);
    }

    /// <summary>Takes what an agent tells, and gives it the next jobs that fit.</summary>
    /// <returns>Null if the conversation that it belongs to was given up.</returns>
    public ReportAnswer? Report(NodeId id, string connection, AgentReport report, DateTimeOffset now, Commit commit)
    {
        // After a failed commit the state is read again and knows no connections: then the agent says Hello anew, too.
        if (!_nodes.TryGetValue(id, out var node) || node.Session != report.Session || node.Connection != connection)
        {
            return null;
        }

        node.BellRung = false;
        node.LastHeard = now;
        node.RenewedAt = Uptime;
        if (report.Sequence <= node.LastReport.Sequence)
        {
            // It came twice. What was given then and not heard of since was perhaps not heard by the agent either.
            return report.Sequence == node.LastReport.Sequence ? Repeat(node.LastReport.Answer!, node.Ledger.Holds) : null;
        }

        foreach (var told in report.Attempts)
        {
            Take(told, now, commit);
        }

        var answer = new ReportAnswer(
            Assign(node, now, commit),
            [.. node.StopsToTell.Select(attempt => new StopOrder(attempt, StateOf(attempt)!.StopReason!))],
            [.. node.ToTakeBack]);
        node.StopsToTell.Clear();
        node.ToTakeBack.Clear();
        node.LastReport = (report.Sequence, answer);
        return answer;
    }

    public void Disconnected(NodeId id, string connection, Commit commit)
    {
        if (_nodes.TryGetValue(id, out var node) && node.Connection == connection)
        {
            FallSilent(node, commit);
        }
    }

    private static void FallSilent(NodeState node, Commit commit)
    {
        node.Connection = null;
        SeeAnew(node, commit);
    }

    // No version changes with what is known of a node, so that nothing else would tell whoever watches.
    private static void SeeAnew(NodeState node, Commit commit) => commit.SeenAnew.UnionWith(node.Ledger.Held.Select(attempt => attempt.Job));

    /// <summary>Names the connections of idle agents for which there is work, each once until it asks.</summary>
    public IReadOnlyList<string> BellsToRing()
    {
        var bells = new List<string>();
        _holds.Refresh(_ready, Rooms, Uptime);
        foreach (var node in _nodes.Values.Where(node => node is { Connection: not null, BellRung: false }))
        {
            if (node.StopsToTell.Count + node.ToTakeBack.Count > 0 || HasWorkFor(node))
            {
                node.BellRung = true;
                bells.Add(node.Connection!);
            }
        }

        return bells;
    }

    private bool HasWorkFor(NodeState node) => _ready.Count > 0 && RoomOf(node) is var room && Packer.Next(_ready, room.Free, _holds.On(room, _ready, Uptime), Uptime) is not null;

    private NodeRoom RoomOf(NodeState node)
    {
        var elapsed = Uptime - node.OfferedAt;
        return new NodeRoom(node.Id, node.Name, node.Ledger.Capacity.After(elapsed), node.Ledger.Free.After(elapsed), node.Ledger.Placed.Keys.Select(OccupantOf).OfType<Occupant>());
    }

    private Occupant? OccupantOf(AttemptId attempt)
    {
        if (Owner(attempt.Job) is not { } workflow || workflow.State.PositionOf(attempt.Job) is not { } position || workflow.NewestAttempt(position) is not { } record)
        {
            return null;
        }

        // By the node's clock, which may be another one: it has its runtime before it at most, and is late at worst.
        var needs = workflow.State.NeedsOf(position);
        var left = needs.Runtime - (Now - (record.StartedAt ?? record.AssignedAt));
        return new Occupant(needs, Uptime + (left < TimeSpan.Zero ? TimeSpan.Zero : left > needs.Runtime ? needs.Runtime : left));
    }

    /// <summary>
    /// Wants jobs back that were sent ahead and did not come to their turn, as what was before them takes longer than such jobs did, if
    /// another node could start them at once.
    /// </summary>
    public void TakeBackStuck(DateTimeOffset now)
    {
        foreach (var idle in _nodes.Values.Where(node => node.Connection is not null && !HasWorkFor(node)))
        {
            var free = RoomOf(idle).Free;
            foreach (var busy in _nodes.Values.Where(node => node != idle && node.Connection is not null))
            {
                foreach (var (attempt, needs) in busy.Ledger.Line)
                {
                    if (free.Fits(needs) && IsStuck(attempt, now) && busy.ToTakeBack.Add(attempt))
                    {
                        free = free.Less(needs);
                    }
                }
            }
        }
    }

    private bool IsStuck(AttemptId attempt, DateTimeOffset now) =>
        Owner(attempt.Job) is { } workflow
        && workflow.NewestAttempt(workflow.State.PositionOf(attempt.Job)!.Value) is { } record
        && now - record.AssignedAt > 2 * _options.Ahead;

    /// <summary>Says why a job that waits is not running, or why nobody knows whether one runs; null if there is nothing to say.</summary>
    public string? WhyWaiting(JobId job)
    {
        if (Owner(job)?.State is not { } state || state.PositionOf(job) is not { } position)
        {
            return null;
        }

        return state.Job(position).Status switch
        {
            JobStatus.Uninitialized when state.Status == WorkflowStatus.Uninitialized => "The workflow was not started.",
            JobStatus.Blocked => WhyBlocked(state, position),
            JobStatus.Ready => WhyNoRoom(job),
            JobStatus.Pending => WhyUnknown(_nodes[state.Job(position).Node!.Value]) ?? WaitReason.ForPending(NodeName(state.Job(position).Node!.Value)),
            JobStatus.Running => WhyUnknown(_nodes[state.Job(position).Node!.Value]),
            var status => WaitReason.ForStatus(status),
        };
    }

    /// <returns>The same job; if nobody knows whether it still runs, it says so, and since when.</returns>
    public JobView AsKnown(JobView job) =>
        UnknownSince(job.Id) is { } since ? job with { UnknownSince = since, Reason = job.Reason ?? WhyWaiting(job.Id) } : job;

    /// <returns>Since when the node of a job that was given out is not heard; null if it is, or the job is on no node.</returns>
    public DateTimeOffset? UnknownSince(JobId job) =>
        Owner(job)?.State is { } state && state.PositionOf(job) is { } position && state.Job(position) is { Status: JobStatus.Pending or JobStatus.Running, Node: { } node } && _nodes[node].Connection is null
            ? _nodes[node].LastHeard
            : null;

    /// <returns>What there is to say of workflows that are held; others are left out.</returns>
    public Dictionary<WorkflowId, WorkflowView> Views(IEnumerable<WorkflowId> workflows)
    {
        var unknown = UnknownCounts();
        return workflows.Select(Find).OfType<ActiveWorkflow>().ToDictionary(
            workflow => workflow.State.Id, workflow => workflow.View() with { Unknown = unknown.GetValueOrDefault(workflow.State.Id) });
    }

    /// <returns>How many jobs of each workflow, by status, are on nodes that are not heard. Workflows without any are left out.</returns>
    public IReadOnlyDictionary<WorkflowId, Dictionary<JobStatus, int>> UnknownCounts()
    {
        var counts = new Dictionary<WorkflowId, Dictionary<JobStatus, int>>();
        foreach (var attempt in _nodes.Values.Where(node => node.Connection is null).SelectMany(node => node.Ledger.Held))
        {
            // A node may hold what was long given to another one.
            if (UnknownSince(attempt.Job) is not null && Owner(attempt.Job)!.State is var state && state.Job(state.PositionOf(attempt.Job)!.Value) is var job && job.NewestAttempt == attempt)
            {
                var ofWorkflow = counts.TryGetValue(state.Id, out var known) ? known : counts[state.Id] = [];
                ofWorkflow[job.Status] = ofWorkflow.GetValueOrDefault(job.Status) + 1;
            }
        }

        return counts;
    }

    private static string WhyBlocked(WorkflowState state, int position)
    {
        var names = new List<string>();
        foreach (int blocker in state.Definition.Graph.BlockersOf(position))
        {
            if (!state.Job(blocker).Status.HasEnded())
            {
                names.Add(state.Definition.Jobs[blocker].Name);
            }
        }

        return WaitReason.ForBlockers(names);
    }

    private static string? WhyUnknown(NodeState node) => node.Connection is not null
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"Unknown: node {node.Name}, where it was seen last, was not heard since {node.LastHeard:yyyy-MM-dd HH:mm:ss} UTC.");

    private string WhyNoRoom(JobId job)
    {
        var (workflow, state) = (_owners[job], _owners[job].State);
        int position = state.PositionOf(job)!.Value;
        if (_toCheck.Contains(job))
        {
            return "It is being looked at whether what it reads is as it was, so that it need not run.";
        }

        _holds.Refresh(_ready, Rooms, Uptime);
        var ready = workflow.Ready(position, Uptime);
        string room = WaitReason.ForRoom(
            ready, [.. Rooms.Select(room => (room, _holds.On(room, _ready, Uptime)))], _ready.CountBefore(ready, WaitReason.MostCounted), NameOf, Uptime);
        return state.Job(position).Retry is { } retry ? $"{JobReason.Of(retry)} {room}" : room;
    }

    private string NameOf(JobId job) => _owners.TryGetValue(job, out var owner) ? owner.State.Definition.Jobs[owner.State.PositionOf(job)!.Value].Name : $"{job}";

    /// <summary>Forgets what has ended: the store has it.</summary>
    public void Release(ActiveWorkflow workflow)
    {
        _workflows.Remove(workflow.State.Id);
        _released[workflow.State.Id] = workflow.State.Version;
        for (int position = 0; position < workflow.State.JobCount; position++)
        {
            _owners.Remove(workflow.State.Job(position).Id);
        }
    }

    private void Hold(ActiveWorkflow workflow)
    {
        _workflows.Add(workflow.State.Id, workflow);
        for (int position = 0; position < workflow.State.JobCount; position++)
        {
            var job = workflow.State.Job(position);
            _owners.Add(job.Id, workflow);
            if (job.Status == JobStatus.Ready)
            {
                Queue(workflow, position);
            }
            else if (job is { Status: JobStatus.Running, Node: { } node })
            {
                _nodes[node].Ledger.Adopt(job.NewestAttempt, workflow.State.NeedsOf(position));
            }
            else if (job is { Status: JobStatus.Pending, Node: { } waitsOn })
            {
                // Whether it had room is not stored: the hello of its node gives room to those that fit.
                _nodes[waitsOn].Ledger.LineUp(job.NewestAttempt, workflow.State.NeedsOf(position));
            }
        }
    }

    private void Take(AttemptReport told, DateTimeOffset now, Commit commit)
    {
        if (told is AttemptStarted started)
        {
            Apply(started.Attempt, new JobEvent.Started(started.Attempt.Number), record => record with { StartedAt = Milliseconds(started.At) }, now, commit);
        }
        else if (told is AttemptReturned returned)
        {
            Return(returned.Attempt, "its node had no room for it in time, and another had", now, commit);
        }
        else if (told is AttemptFilesSeen seen)
        {
            // They count only with the end, and the attempt may be one that was taken for lost.
            if (StateOf(seen.Attempt)?.NewestAttempt == seen.Attempt)
            {
                commit.Files.Add(seen);
            }
        }
        else if (told is AttemptEnded ended)
        {
            Learn(ended);
            var outcome = WithMissingData(ended.Attempt, ended.Outcome);
            Apply(
                ended.Attempt,
                new JobEvent.Ended(ended.Attempt.Number, outcome, ended.Usage.PeakMemory),
                record => record with { StartedAt = Milliseconds(ended.StartedAt), EndedAt = Milliseconds(ended.At), Outcome = outcome, Usage = ended.Usage, Files = ended.Files, Logs = ended.Logs },
                now,
                commit);
        }
    }

    private static ReportAnswer Repeat(ReportAnswer answer, Func<AttemptId, bool> isHeld) => new(
        [.. answer.Start.Where(assignment => isHeld(assignment.Attempt))],
        [.. answer.Stop.Where(order => isHeld(order.Attempt))],
        [.. answer.TakeBack.Where(isHeld)]);

    private JobState? StateOf(AttemptId attempt) =>
        Owner(attempt.Job)?.State is { } state ? state.Job(state.PositionOf(attempt.Job)!.Value) : null;

    private OnLost? OnLostOf(AttemptId attempt) =>
        Owner(attempt.Job)?.State is { } state ? state.Definition.Jobs[state.PositionOf(attempt.Job)!.Value].OnLost : null;

    private int Lose(NodeState node, IEnumerable<AttemptId> attempts, string why, DateTimeOffset now, Commit commit)
    {
        var lost = attempts.ToList();
        if (lost.Count > 0)
        {
            // Whoever is there after all has to say hello, and is told what to end.
            FallSilent(node, commit);
        }

        lost.ForEach(attempt => End(attempt, new Outcome(OutcomeKind.NodeLost, Detail: why), now, commit));
        node.StopsToTell.ExceptWith(lost);
        return lost.Count;
    }

    private void End(AttemptId attempt, Outcome outcome, DateTimeOffset now, Commit commit) =>
        Apply(attempt, new JobEvent.Ended(attempt.Number, outcome), record => record with { EndedAt = now, Outcome = outcome }, now, commit);

    // As the store keeps it, so that what is published and what is read are the same.
    private static DateTimeOffset? Milliseconds(DateTimeOffset? instant) =>
        instant is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds()) : null;

    // The node does not hold what we believed it held. What was not started goes back into the queue; what ran is lost,
    // since nobody can say any more how far it came.
    private void TakeBack(AttemptId attempt, DateTimeOffset now, Commit commit)
    {
        if (StateOf(attempt)?.Status == JobStatus.Running)
        {
            End(attempt, new Outcome(OutcomeKind.NodeLost, Detail: "the node came back without it"), now, commit);
        }
        else
        {
            Return(attempt, "it never reached the node", now, commit);
        }
    }

    private void Return(AttemptId attempt, string why, DateTimeOffset now, Commit commit) => Apply(
        attempt,
        new JobEvent.Returned(attempt.Number),
        record => record with { EndedAt = now, Outcome = new Outcome(OutcomeKind.Fenced, Detail: why) },
        now,
        commit);

    // Its node has looked at its files; its data is here. A value of an earlier run counts, as a file would.
    private Outcome WithMissingData(AttemptId attempt, Outcome outcome)
    {
        if (!outcome.Succeeded || Owner(attempt.Job) is not { } workflow)
        {
            return outcome;
        }

        var definition = workflow.State.Definition;
        string[] missing =
        [
            .. definition.Jobs[workflow.State.PositionOf(attempt.Job)!.Value].OutputData
                .Select(data => definition.UserData[data].Name)
                .Where(name => workflow.Data[name] is null),
        ];
        return missing.Length == 0 ? outcome : outcome with { Kind = OutcomeKind.MissingOutput, Detail = $"the user data {string.Join(", ", missing)}" };
    }

    private void Learn(AttemptEnded ended)
    {
        if (ended.StartedAt is { } startedAt && Owner(ended.Attempt.Job)?.State is { } state)
        {
            _credit.Learn(state.NeedsOf(state.PositionOf(ended.Attempt.Job)!.Value), ended.At - startedAt);
        }
    }

    private void Apply(AttemptId attempt, JobEvent occurrence, Func<AttemptRecord, AttemptRecord> change, DateTimeOffset now, Commit commit)
    {
        if (Owner(attempt.Job) is not { } workflow)
        {
            return;
        }

        int position = workflow.State.PositionOf(attempt.Job)!.Value;
        var queued = workflow.State.Job(position).Status == JobStatus.Ready ? workflow.Ready(position, Uptime) : null;
        var decision = WorkflowMachine.Apply(workflow.State, attempt.Job, occurrence, _nodes.Values.Select(node => node.Ledger.Capacity));
        if (decision.Answer is Transition.Moved { To: var moved })
        {
            if (queued is not null)
            {
                // The end of one that was lost came late, and what it needs from now on may be more: it stands at another place then.
                _ready.Remove(queued);
            }

            // The decision may have added why nothing more was tried.
            var record = change(workflow.NewestAttempt(position)!);
            record = record with { Outcome = moved.Outcome ?? record.Outcome };
            workflow.Put(position, record);
            commit.Put(record);
            var status = workflow.State.Job(position).Status;
            if (status == JobStatus.Running)
            {
                _nodes[record.Node].Ledger.Started(attempt);
            }
            else if (!status.HoldsNode())
            {
                _nodes[record.Node].Ledger.Release(attempt);
                _nodes[record.Node].StopsToTell.Remove(attempt);
                _nodes[record.Node].ToTakeBack.Remove(attempt);
            }

            Note(workflow, decision, now, commit);
        }
    }

    private List<Assignment> Assign(NodeState node, DateTimeOffset now, Commit commit)
    {
        var assignments = new List<Assignment>();
        _holds.Refresh(_ready, Rooms, Uptime);
        foreach (var ready in Packer.Choose(_ready, RoomOf(node), _holds, Uptime))
        {
            assignments.Add(Give(ready, node, now, commit));
            node.Ledger.Take(assignments[^1].Attempt, ready.Needs);
        }

        // What stands in line has room before everybody else: a node that is held takes no more of it.
        var room = RoomOf(node);
        if (_holds.On(room, _ready, Uptime) is not null)
        {
            return assignments;
        }

        foreach (var ready in _credit.Choose(_ready, room.Capacity, node.Ledger.Placed.Values, node.Ledger.Line.Select(place => place.Needs), Uptime))
        {
            assignments.Add(Give(ready, node, now, commit));
            node.Ledger.LineUp(assignments[^1].Attempt, ready.Needs);
        }

        return assignments;
    }

    private Assignment Give(ReadyJob ready, NodeState node, DateTimeOffset now, Commit commit)
    {
        var workflow = _owners[ready.Id];
        int position = workflow.State.PositionOf(ready.Id)!.Value;
        var decision = WorkflowMachine.Apply(workflow.State, ready.Id, new JobEvent.Assigned(node.Id));
        var attempt = workflow.State.Job(position).NewestAttempt;
        var fingerprint = RerunPlanner.FingerprintOf(workflow.State.Definition, position, blocker => workflow.State.Job(blocker).Id, workflow.Head.WorkingDirectory, workflow.Data);
        var record = new AttemptRecord(attempt, workflow.State.Run, node.Id, now, workflow.Head.SpecVersion, fingerprint);
        workflow.Put(position, record);
        commit.NewAttempts.Add(attempt, record);
        Note(workflow, decision, now, commit);
        return workflow.Assign(position, _options);
    }

    private void Note(ActiveWorkflow workflow, Decision decision, DateTimeOffset now, Commit commit)
    {
        foreach (var job in decision.Moves)
        {
            commit.Jobs[job.Id] = job;
            PostMove(workflow, job, now, commit);
        }

        // A job may move twice: what counts is where it stands in the end.
        foreach (var job in decision.Moves)
        {
            Queue(workflow, workflow.State.PositionOf(job.Id)!.Value);
        }

        if (workflow.State.Status is WorkflowStatus.Completed or WorkflowStatus.Failed && decision.Became is not null)
        {
            workflow.Head = workflow.Head with { EndedAt = now };
            Post(workflow, StateEvent.RunEnded, $$"""{"status":"{{JsonNamingPolicy.SnakeCaseLower.ConvertName(workflow.State.Status.ToString())}}"}""", now, commit);
        }

        commit.Workflows[workflow.State.Id] = workflow;
    }

    // In the queue are the jobs that are ready, and only those. One that need not run is looked at first.
    private void Queue(ActiveWorkflow workflow, int position)
    {
        var job = workflow.State.Job(position);
        _toCheck.Remove(job.Id);
        if (job.Status != JobStatus.Ready)
        {
            _ready.Remove(workflow.Ready(position, Uptime));
        }
        else if (job.Reuse == Reuse.Possible)
        {
            _toCheck.Add(job.Id);
        }
        else
        {
            _ready.Add(workflow.Ready(position, Uptime));
        }
    }
}
