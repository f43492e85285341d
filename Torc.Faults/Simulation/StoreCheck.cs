using Torc.Shared.Jobs;
using Torc.Shared.Workflows;
using Torc.Web.Engine;

namespace Torc.Faults.Simulation;

/// <summary>The invariants of the store, looked at around every commit: what <c>torc doctor</c> asks of a database, and more.</summary>
internal sealed class StoreCheck(Findings findings)
{
    /// <summary>Those that were turned on and have changed no more since: what waits for them may have gone on without them, and they may stand before what they waited for.</summary>
    private readonly HashSet<JobId> _turnedOn = [];

    /// <summary>Those that somebody wanted to turn on, which may not be stored yet.</summary>
    private readonly HashSet<JobId> _asked = [];

    /// <summary>A person wants these turned on.</summary>
    public void TurnedOn(IEnumerable<JobId> jobs) => _asked.UnionWith(jobs);

    public void Before(SimulatedStore store, SimulatedStore.Change change)
    {
        foreach (var job in change.Jobs)
        {
            var before = store.Job(job.Id)!;
            Require(job.Attempt >= before.Attempt, () => $"I1 job {job.Id} went from attempt {before.Attempt} back to {job.Attempt}");
            Require(job.Version > before.Version, () => $"job {job.Id} changed and kept version {job.Version}");
            var workflow = store.Owner(job.Id)!;
            bool isNewRun = change.Workflows.Any(changed => changed.Id == workflow.Id && changed.Run > workflow.Run);
            // One group of changes may turn a job off and on, and then run it again: nothing is seen of what comes in between.
            bool isTurnedOn = _asked.Contains(job.Id) && job.Attempt == before.Attempt && job.Status is JobStatus.Uninitialized or JobStatus.Completed;
            Require(
                !before.Status.HasEnded() || isNewRun || isTurnedOn || job.Status == JobStatus.Disabled,
                () => $"I6 job {job.Id} was {before.Status} and became {job.Status}");
            Require(
                before.Status != JobStatus.Disabled || job.Status == JobStatus.Disabled || _asked.Contains(job.Id),
                () => $"job {job.Id} is off, nobody turned it on, and it became {job.Status}");
            _ = isTurnedOn ? _turnedOn.Add(job.Id) : _turnedOn.Remove(job.Id);
            _ = job.Status != JobStatus.Disabled && _asked.Remove(job.Id);
            Require(
                before.StopReason is null || job.Attempt == before.Attempt || before.Again || isNewRun,
                () => $"I9 job {job.Id} was to end and got attempt {job.Attempt}");
        }

        foreach (var attempt in change.Attempts)
        {
            bool isKnown = store.Attempts.TryGetValue(attempt.Id, out var before);
            // A late result may take the place of the loss that was believed in; nothing else changes an end.
            Require(
                before?.Outcome is null || before.Outcome == attempt.Outcome || before.Outcome.Kind is OutcomeKind.NodeLost or OutcomeKind.Fenced,
                () => $"I6 attempt {attempt.Id} had ended {before!.Outcome} and became {attempt.Outcome}");
            Require(
                isKnown || attempt.Id.Number == 1 || IsKnown(attempt.Id with { Number = attempt.Id.Number - 1 }),
                () => $"I1 attempt {attempt.Id} has no predecessor");
        }

        // One group of changes may give a job out, take it back, and give it out again.
        bool IsKnown(AttemptId attempt) => store.Attempts.ContainsKey(attempt) || change.Attempts.Any(known => known.Id == attempt);
    }

    public void BeforeRevision(StoredWorkflow workflow, Revision revision)
    {
        Require(workflow.Status != WorkflowStatus.Running, () => $"workflow {workflow.Id} got another spec while it ran");
        Require(revision.Head.SpecVersion == workflow.Head.SpecVersion + 1, () => $"workflow {workflow.Id} went from spec version {workflow.Head.SpecVersion} to {revision.Head.SpecVersion}");
        var known = workflow.Jobs.Select(job => job.Id).ToHashSet();
        Require(
            revision.Removed.All(known.Contains) && revision.Jobs.All(job => known.Contains(job) != revision.Added.Contains(job)),
            () => $"workflow {workflow.Id} got jobs {string.Join(", ", revision.Jobs)} from a spec, and had {string.Join(", ", known)}");
    }

    public void After(SimulatedStore store, SimulatedStore.Change change)
    {
        foreach (var job in change.Jobs)
        {
            Check(store, job);
        }

        foreach (var (id, _, status, _, _) in change.Workflows)
        {
            var workflow = store.Workflows.First(workflow => workflow.Id == id);
            // What a spec has brought is part of no run until one takes it.
            bool isOver = workflow.Jobs.All(job => job.Status.HasEnded() || (job.Status == JobStatus.Uninitialized && (workflow.Head.SpecVersion > 1 || _turnedOn.Contains(job.Id))));
            Require(status == WorkflowStatus.Uninitialized || isOver == (status != WorkflowStatus.Running), () => $"I8 workflow {id} is {status}, and its jobs are {string.Join(", ", workflow.Jobs.Select(job => job.Status))}");
        }

        foreach (var node in store.Nodes.Values)
        {
            CheckRoom(store, node);
        }
    }

    /// <summary>Whether a job may run while one that it waits for stands so.</summary>
    public bool LetsRun(JobState blocker, JobDefinition job) =>
        blocker.Status is JobStatus.Completed or JobStatus.Disabled
        || (blocker.Status.HasEnded() && !job.CancelOnBlockingJobFailure)
        || (blocker.Status == JobStatus.Uninitialized && _turnedOn.Contains(blocker.Id));

    private void Check(SimulatedStore store, JobState job)
    {
        store.Attempts.TryGetValue(job.NewestAttempt, out var newest);
        bool isOpen = newest is { Outcome: null };
        Require(isOpen == job.Status.HoldsNode(), () => $"I2 job {job.Id} is {job.Status}, and its newest attempt {job.Attempt} is {newest?.Outcome?.Kind.ToString() ?? (newest is null ? "not there" : "open")}");
        Require(!isOpen || newest!.Node == job.Node, () => $"I2 job {job.Id} is on node {job.Node}, and its attempt on {newest!.Node}");
        Require(job.Status != JobStatus.Completed || newest?.Outcome is { Succeeded: true }, () => $"I3 job {job.Id} is completed, and its attempt {newest?.Outcome}");
        Require(
            job.Status is not JobStatus.Ready || job.StopReason is null,
            () => $"I9 job {job.Id} is to end and waits for a node");

        int limit = store.Definition(job.Id)!.FailureRules?.Max(rule => rule.MaxRetries) ?? 0;
        Require(job.Retries <= limit, () => $"I11 job {job.Id} was retried {job.Retries} times, and {limit} are allowed");

        var workflow = store.Owner(job.Id)!;
        var definition = workflow.Definition;
        int position = Array.FindIndex(workflow.Jobs, other => other.Id == job.Id);
        var blockers = definition.Graph.BlockersOf(position).ToArray().Select(blocker => workflow.Jobs[blocker]).ToList();
        bool isFree = blockers.TrueForAll(blocker => LetsRun(blocker, definition.Jobs[position]));
        // What runs on when a job before it runs again runs once more afterwards.
        Require(job.Again || _turnedOn.Contains(job.Id) || job.Status is not (JobStatus.Ready or JobStatus.Pending or JobStatus.Running or JobStatus.Completed) || isFree, () => $"I4 job {job.Id} is {job.Status}, and waits for {string.Join(", ", blockers.Select(blocker => blocker.Status))}");
    }

    private void CheckRoom(SimulatedStore store, StoredNode node)
    {
        // What was sent ahead waits on the node for room.
        var open = store.Attempts.Values.Where(attempt => attempt is { Outcome: null, StartedAt: not null } && attempt.Node == node.Id).ToList();
        int cpus = open.Sum(attempt => store.Definition(attempt.Id.Job)!.Needs.Cpus);
        Require(cpus <= node.Capacity.Cpus, () => $"I7 node {node.Name} has {node.Capacity.Cpus} CPUs and {cpus} are used");
    }

    private void Require(bool condition, Func<string> otherwise) => findings.Require(condition, FindingKind.Violation, otherwise);
}
