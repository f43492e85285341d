using Torc.Shared.Jobs;
using Torc.Shared.Workflows;
using Torc.Web.Engine;

namespace Torc.Faults.Simulation;

/// <summary>
/// The database: what was committed survives everything. A commit takes its time, and a server that is killed meanwhile does not know
/// whether it happened.
/// </summary>
internal sealed class SimulatedStore(Variant variant, Random random, StoreCheck check, Action<SimulatedStore.Change> stored)
{
    private readonly Dictionary<WorkflowId, StoredWorkflow> _workflows = [];
    private readonly Dictionary<JobId, (StoredWorkflow Workflow, int Position)> _jobs = [];
    private readonly Dictionary<JobId, JobDefinition> _removed = [];
    private readonly Dictionary<AttemptId, AttemptRecord> _attempts = [];
    private readonly Dictionary<NodeId, StoredNode> _nodes = [];

    public bool IsFull { get; set; }

    public IReadOnlyCollection<StoredWorkflow> Workflows => _workflows.Values;

    public IReadOnlyDictionary<AttemptId, AttemptRecord> Attempts => _attempts;

    public IReadOnlyDictionary<NodeId, StoredNode> Nodes => _nodes;

    public JobState? Job(JobId id) => _jobs.TryGetValue(id, out var place) ? place.Workflow.Jobs[place.Position] : null;

    /// <summary>As the newest spec has it, or the last that had it.</summary>
    public JobDefinition? Definition(JobId id) => _jobs.TryGetValue(id, out var place) ? place.Workflow.Definition.Jobs[place.Position] : _removed.GetValueOrDefault(id);

    public StoredWorkflow? Owner(JobId id) => _jobs.TryGetValue(id, out var place) ? place.Workflow : null;

    /// <summary>The store as one incarnation of the server sees it.</summary>
    public IEngineStore For(SimulatedClock clock) => new Connection(this, clock);

    private StoredState Load()
    {
        var live = _workflows.Values.Where(workflow => workflow.Status is WorkflowStatus.Uninitialized or WorkflowStatus.Running);
        return new StoredState(
            [.. live.Select(Load)],
            [.. _nodes.Values.Select(node => new NodeState(node.Id, node.AgentId, node.Name, "", node.Session, node.Capacity, node.LastHeard))],
            _workflows.Keys.Select(id => id.Value).DefaultIfEmpty(0).Max(),
            _jobs.Keys.Concat(_removed.Keys).Select(id => id.Value).DefaultIfEmpty(0).Max(),
            _nodes.Keys.Select(id => id.Value).DefaultIfEmpty(0).Max(),
            []);
    }

    /// <summary>A workflow as the store has it now.</summary>
    public ActiveWorkflow Find(WorkflowId id) => Load(_workflows[id]);

    private ActiveWorkflow Load(StoredWorkflow stored)
    {
        var workflow = new ActiveWorkflow(stored.Head, new WorkflowState(stored.Id, stored.Definition, stored.Jobs, stored.Status, stored.Run, stored.Version, stored.Head.ArchivedAt is not null));
        for (int position = 0; position < stored.Jobs.Length; position++)
        {
            if (_attempts.TryGetValue(stored.Jobs[position].NewestAttempt, out var attempt))
            {
                workflow.Put(position, attempt);
            }
        }

        return workflow;
    }

    private void Apply(Change change)
    {
        foreach (var created in change.NewWorkflows)
        {
            var workflow = new StoredWorkflow(created);
            _workflows.Add(created.Head.Id, workflow);
            Place(workflow);
        }

        foreach (var revision in change.Revisions)
        {
            var workflow = _workflows[revision.Head.Id];
            check.BeforeRevision(workflow, revision);
            foreach (var removed in revision.Removed)
            {
                _removed.Add(removed, Definition(removed)!);
                _jobs.Remove(removed);
            }

            workflow.Jobs = [.. revision.Jobs.Select(id => Job(id) ?? new JobState(id, JobStatus.Uninitialized))];
            workflow.Definition = revision.Definition;
            Place(workflow);
        }

        check.Before(this, change);
        foreach (var (id, head, status, run, version) in change.Workflows)
        {
            var workflow = _workflows[id];
            (workflow.Head, workflow.Status, workflow.Run, workflow.Version) = (head, status, run, version);
        }

        foreach (var job in change.Jobs)
        {
            var (workflow, position) = _jobs[job.Id];
            workflow.Jobs[position] = job;
        }

        bool isTorn = variant == Variant.HalfIsStored && change.IsCrashed;
        foreach (var attempt in isTorn ? [] : change.Attempts)
        {
            _attempts[attempt.Id] = attempt;
        }

        foreach (var node in change.Nodes)
        {
            _nodes[node.Id] = node;
        }

        stored(change);
        check.After(this, change);
    }

    private void Place(StoredWorkflow workflow)
    {
        for (int position = 0; position < workflow.Jobs.Length; position++)
        {
            _jobs[workflow.Jobs[position].Id] = (workflow, position);
        }
    }

    /// <summary>What a commit says, taken at the moment at which it was asked for: the engine's own objects change.</summary>
    internal sealed record Change(
        IReadOnlyList<NewWorkflow> NewWorkflows,
        IReadOnlyList<Revision> Revisions,
        IReadOnlyList<(WorkflowId Id, WorkflowHead Head, WorkflowStatus Status, int Run, long Version)> Workflows,
        IReadOnlyList<JobState> Jobs,
        IReadOnlyList<AttemptRecord> Attempts,
        IReadOnlyList<StoredNode> Nodes)
    {
        public bool IsCrashed { get; set; }

        public static Change Of(Commit commit) => new(
            [.. commit.NewWorkflows],
            [.. commit.Revisions],
            [.. commit.Workflows.Values.Select(workflow => (workflow.State.Id, workflow.Head, workflow.State.Status, workflow.State.Run, workflow.State.Version))],
            [.. commit.Jobs.Values],
            [.. commit.NewAttempts.Values, .. commit.Attempts.Values],
            [.. commit.NewNodes.Values.Concat(commit.Nodes.Values).Select(StoredNode.Of)]);
    }

    private sealed class Connection(SimulatedStore store, SimulatedClock clock) : IEngineStore
    {
        public async Task<StoredState> LoadAsync(CancellationToken cancel)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(store.NextDelay()), clock, cancel);
            return store.Load();
        }

        public async Task<IReadOnlySet<AttemptId>> EndedAsync(IReadOnlyCollection<AttemptId> attempts, CancellationToken cancel)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(store.NextDelay()), clock, cancel);
            return attempts.Where(attempt => store._attempts.TryGetValue(attempt, out var known) && known.Outcome is not null).ToHashSet();
        }

        public async Task WriteAsync(Commit commit, CancellationToken cancel)
        {
            var change = Change.Of(commit);
            // It becomes durable somewhere between the question and the answer. The first half is where a killed server leaves nothing.
            if (store.Variant != Variant.AnsweredBeforeStored)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(store.NextDelay()), clock, CancellationToken.None);
            }
            else if (store.NextIsSlow())
            {
                _ = LaterAsync(change);
                return;
            }

            if (store.IsFull)
            {
                throw new IOException("the disk is full");
            }

            change.IsCrashed = store.NextIsTorn();
            store.Apply(change);
            if (change.IsCrashed && store.Variant == Variant.HalfIsStored)
            {
                throw new IOException("the server crashed");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(store.NextDelay()), clock, CancellationToken.None);
        }

        private async Task LaterAsync(Change change)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), clock, CancellationToken.None);
            if (!store.IsFull)
            {
                store.Apply(change);
            }
        }
    }

    private Variant Variant => variant;

    private double NextDelay() => random.Next(20) == 0 ? random.Next(2_000) : random.NextDouble() * 5;

    private bool NextIsSlow() => random.Next(2) == 0;

    private bool NextIsTorn() => random.Next(20) == 0;
}
