using Torc.Shared.Jobs;
using Torc.Shared.Placement;

namespace Torc.Shared.Workflows;

/// <summary>
/// A workflow while it runs: its definition, where each job stands, and the counts that make every decision cost
/// the edges it touches. Only <see cref="WorkflowMachine"/> changes it. Not safe for several threads.
/// </summary>
public sealed class WorkflowState
{
    private readonly JobState[] _jobs;
    private readonly int[] _waitingFor;
    private readonly Dictionary<JobId, int> _positions;
    private readonly int[] _counts = new int[Enum.GetValues<JobStatus>().Length];

    /// <param name="jobs">In the order of the definition.</param>
    /// <param name="run">0 for a draft, 1 for the first pass.</param>
    /// <param name="version">Grows with every decision; at least the greatest version among the jobs.</param>
    /// <param name="isArchived">Whether it was put away.</param>
    /// <exception cref="ArgumentException">Jobs and definition are not about the same workflow.</exception>
    public WorkflowState(WorkflowId id, WorkflowDefinition definition, IEnumerable<JobState> jobs, WorkflowStatus status, int run, long version, bool isArchived = false)
    {
        Id = id;
        Definition = definition;
        Status = status;
        Run = run;
        Version = version;
        IsArchived = isArchived;
        _jobs = [.. jobs];
        if (_jobs.Length != definition.Jobs.Count)
        {
            throw new ArgumentException($"workflow {id} defines {definition.Jobs.Count} jobs and has {_jobs.Length}", nameof(jobs));
        }

        _positions = new Dictionary<JobId, int>(_jobs.Length);
        _waitingFor = new int[_jobs.Length];
        for (int position = 0; position < _jobs.Length; position++)
        {
            _positions.Add(_jobs[position].Id, position);
            _counts[(int)_jobs[position].Status]++;
            foreach (int blocker in definition.Graph.BlockersOf(position))
            {
                _waitingFor[position] += IsOpen(_jobs[blocker].Status) ? 1 : 0;
            }
        }
    }

    public WorkflowId Id { get; }

    public WorkflowDefinition Definition { get; }

    public WorkflowStatus Status { get; private set; }

    /// <summary>Counts the passes over the workflow: 0 before the first.</summary>
    public int Run { get; private set; }

    public long Version { get; private set; }

    /// <summary>Whether it was put away: no run of it starts until it is brought back.</summary>
    public bool IsArchived { get; private set; }

    public int JobCount => _jobs.Length;

    /// <summary>A draft as it is before anything was started.</summary>
    /// <param name="firstJob">The id of the first job; the others follow it.</param>
    public static WorkflowState Draft(WorkflowId id, WorkflowDefinition definition, JobId firstJob) => new(
        id,
        definition,
        Enumerable.Range(0, definition.Jobs.Count).Select(position => new JobState(new JobId(firstJob.Value + position), JobStatus.Uninitialized)),
        WorkflowStatus.Uninitialized,
        run: 0,
        version: 0);

    /// <param name="position">The job's place in the spec, from 0.</param>
    public JobState Job(int position) => _jobs[position];

    /// <summary>What a job needs by its spec, or what it was found to need if that is more.</summary>
    public ResourceRequirements NeedsOf(int position) => NeedsOf(position, Definition.Jobs[position].Needs);

    /// <param name="needs">What the spec says, or would say.</param>
    public ResourceRequirements NeedsOf(int position, ResourceRequirements needs)
    {
        var job = _jobs[position];
        return job.RaisedMemory > needs.Memory || job.RaisedRuntime > needs.Runtime
            ? needs with
            {
                Memory = job.RaisedMemory > needs.Memory ? job.RaisedMemory : needs.Memory,
                Runtime = job.RaisedRuntime > needs.Runtime ? job.RaisedRuntime : needs.Runtime,
            }
            : needs;
    }

    /// <returns>The job's place in the spec; null if it is not one of this workflow.</returns>
    public int? PositionOf(JobId job) => _positions.TryGetValue(job, out int position) ? position : null;

    public int Count(JobStatus status) => _counts[(int)status];

    /// <summary>How many of the jobs that <paramref name="position"/> waits for are part of the run and have not ended.</summary>
    public int WaitingFor(int position) => _waitingFor[position];

    internal bool HasLiveJobs =>
        Count(JobStatus.Blocked) + Count(JobStatus.Ready) + Count(JobStatus.Pending) + Count(JobStatus.Running) + Count(JobStatus.PendingFailed) > 0;

    internal long NextVersion() => ++Version;

    internal void BeginRun()
    {
        Run++;
        Status = WorkflowStatus.Running;
    }

    internal void End(WorkflowStatus status) => Status = status;

    internal void Archive(bool archived) => IsArchived = archived;

    internal void Put(int position, JobState job)
    {
        var before = _jobs[position].Status;
        _jobs[position] = job;
        _counts[(int)before]--;
        _counts[(int)job.Status]++;
        int change = (IsOpen(job.Status) ? 1 : 0) - (IsOpen(before) ? 1 : 0);
        if (change != 0)
        {
            foreach (int dependent in Definition.Graph.DependentsOf(position))
            {
                _waitingFor[dependent] += change;
            }
        }
    }

    // A job that a new spec has brought is part of no run until one takes it: nothing would end what waits for it.
    private static bool IsOpen(JobStatus status) => status != JobStatus.Uninitialized && !status.HasEnded();
}
