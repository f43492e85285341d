using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Workflows;
using Torc.Web.Engine;
using Torc.Web.Jobs;
using Torc.Web.Live;
using Torc.Web.Workflows;

namespace Torc.Tests.Support;

/// <summary>Workflows in memory, moved by hand: each move is stored first and then told to the feed, as the server does it.</summary>
internal sealed class FakeWorkflows(LiveFeed feed) : IWorkflowQueries, IJobQueries
{
    public static readonly DateTimeOffset Start = new(2026, 5, 4, 14, 2, 11, TimeSpan.Zero);

    private readonly Lock _gate = new();
    private readonly List<WorkflowView> _workflows = [];
    private readonly List<DeletedWorkflow> _deleted = [];
    private readonly Dictionary<WorkflowId, WorkflowDefinition> _definitions = [];
    private readonly Dictionary<WorkflowId, JobView[]> _jobs = [];
    private readonly Dictionary<JobId, List<AttemptView>> _attempts = [];
    private readonly Dictionary<JobId, WorkflowId> _homes = [];
    private long _version;

    /// <summary>Answers are held back while this is not completed.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>What the server says of a waiting job.</summary>
    public Func<JobView, string?> Why { get; set; } = _ => null;

    /// <summary>How often the details of a job were asked for.</summary>
    public int Questions { get; private set; }

    public WorkflowId Add(WorkflowDefinition definition, DateTimeOffset? createdAt = null)
    {
        lock (_gate)
        {
            var id = new WorkflowId(_workflows.Count + _deleted.Count + 1);
            _definitions[id] = definition;
            _jobs[id] =
            [
                .. definition.Jobs.Select((job, position) =>
                    new JobView(new JobId((id.Value * 100_000) + position), position, job.Name, JobStatus.Uninitialized, 0, null, null, null, null, null, null, null, 0)),
            ];
            foreach (var job in _jobs[id])
            {
                _homes[job.Id] = id;
                _attempts[job.Id] = [];
            }

            _workflows.Add(new WorkflowView(
                id, definition.Name, definition.Project, definition.User, definition.Description, WorkflowStatus.Uninitialized, 0, Counts(id), "/home/jdoe/diamond", createdAt ?? Start, null, null, 0, 1));
            Tell(id, []);
            return id;
        }
    }

    public WorkflowView Now(WorkflowId workflow)
    {
        lock (_gate)
        {
            return _workflows.First(view => view.Id == workflow);
        }
    }

    public JobView Job(WorkflowId workflow, string name)
    {
        lock (_gate)
        {
            return _jobs[workflow][Position(workflow, name)];
        }
    }

    /// <summary>Moves jobs together, in one step.</summary>
    /// <param name="at">When a job starts or ends, if it does.</param>
    public void Move(WorkflowId workflow, DateTimeOffset at, params (string Job, JobStatus Status, string? Reason)[] moves)
    {
        lock (_gate)
        {
            _version++;
            foreach (var (name, status, reason) in moves)
            {
                var job = _jobs[workflow][Position(workflow, name)];
                var attempts = _attempts[job.Id];
                job = job with { Status = status, Reason = reason, Version = _version };
                if (status == JobStatus.Running)
                {
                    attempts.Insert(0, new AttemptView(attempts.Count + 1, Math.Max(1, Now(workflow).Run), "n1", at, at, null, null, null, null));
                    job = job with { Attempt = attempts.Count, Node = "n1", StartedAt = at, EndedAt = null, Outcome = null };
                }
                else if (status is JobStatus.Completed or JobStatus.Failed or JobStatus.Terminated && attempts.Count > 0)
                {
                    var outcome = status == JobStatus.Completed ? new Outcome(OutcomeKind.Exit, 0) : new Outcome(OutcomeKind.OutOfMemory, 137, reason);
                    attempts[0] = attempts[0] with { EndedAt = at, Outcome = outcome };
                    job = job with { EndedAt = at, Outcome = outcome, PeakMemory = Torc.Shared.Quantities.MemorySize.Mebibytes(311) };
                }

                _jobs[workflow][job.Position] = job;
            }

            var view = Now(workflow);
            bool ended = _jobs[workflow].All(job => job.Status.HasEnded());
            bool bad = _jobs[workflow].Any(job => job.Status.EndedBadly());
            Put(view with
            {
                Run = Math.Max(1, view.Run),
                StartedAt = view.StartedAt ?? at,
                EndedAt = ended ? at : null,
                Status = !ended ? WorkflowStatus.Running : bad ? WorkflowStatus.Failed : WorkflowStatus.Completed,
            });
            Tell(workflow, [.. moves.Select(move => move.Job)]);
        }
    }

    /// <summary>The node of these jobs is not heard since then, or is heard again: no version changes with that.</summary>
    /// <param name="since">Null if it is heard again.</param>
    public void Lose(WorkflowId workflow, DateTimeOffset? since, params IReadOnlyList<string> jobs)
    {
        lock (_gate)
        {
            foreach (string name in jobs)
            {
                int position = Position(workflow, name);
                _jobs[workflow][position] = _jobs[workflow][position] with { UnknownSince = since, Reason = since is null ? null : "Unknown: node n1, where it was seen last, was not heard since 2026-05-04 14:02:11 UTC." };
            }

            var unknown = _jobs[workflow].Where(job => job.UnknownSince is not null).CountBy(job => job.Status).ToDictionary();
            _workflows[_workflows.FindIndex(shown => shown.Id == workflow)] = Now(workflow) with { Unknown = unknown.Count > 0 ? unknown : null };
            Tell(workflow, jobs);
        }
    }

    /// <summary>Begins another run: these jobs wait again, and the others keep what became of them.</summary>
    public WorkflowView Rerun(WorkflowId workflow, DateTimeOffset at, params IReadOnlyCollection<string> jobs)
    {
        lock (_gate)
        {
            Put(Now(workflow) with { Run = Now(workflow).Run + 1, StartedAt = at });
            Move(workflow, at, [.. jobs.Select(job => (job, JobStatus.Blocked, (string?)null))]);
            return Now(workflow);
        }
    }

    /// <summary>Gives a workflow another spec: jobs of the same name stay what they are.</summary>
    public void Revise(WorkflowId workflow, WorkflowDefinition definition)
    {
        lock (_gate)
        {
            var old = _jobs[workflow].ToDictionary(job => job.Name);
            long next = (workflow.Value * 100_000) + 50_000 + (++_version * 100);
            _definitions[workflow] = definition;
            _jobs[workflow] =
            [
                .. definition.Jobs.Select((job, position) => old.TryGetValue(job.Name, out var known)
                    ? known with { Position = position }
                    : new JobView(new JobId(next + position), position, job.Name, JobStatus.Uninitialized, 0, null, null, null, null, null, null, null, 0)),
            ];
            foreach (var job in _jobs[workflow])
            {
                _homes[job.Id] = workflow;
                _attempts.TryAdd(job.Id, []);
            }

            Put(Now(workflow) with { SpecVersion = Now(workflow).SpecVersion + 1 });
            Tell(workflow, []);
        }
    }

    /// <summary>Puts a workflow away, or brings it back.</summary>
    public void Archive(WorkflowId workflow, bool archived)
    {
        lock (_gate)
        {
            _version++;
            Put(Now(workflow) with { ArchivedAt = archived ? Start : null });
            Tell(workflow, []);
        }
    }

    public void Delete(WorkflowId workflow, string by)
    {
        lock (_gate)
        {
            var gone = Now(workflow);
            _deleted.Add(new DeletedWorkflow(workflow, gone.Name, by, DateTimeOffset.UtcNow));
            _workflows.Remove(gone);
            feed.Publish(new WorkflowChange(gone, [], [], IsDeleted: true));
        }
    }

    public Task<DeletedWorkflow?> DeletedAsync(WorkflowId workflow, CancellationToken cancel) => Task.FromResult(_deleted.Find(deleted => deleted.Id == workflow));

    /// <summary>The attempts of its newest run.</summary>
    public TimelineView Timeline(WorkflowId workflow)
    {
        lock (_gate)
        {
            var view = Now(workflow);
            TimelineAttempt[] attempts =
            [
                .. from job in _jobs[workflow]
                   from attempt in _attempts[job.Id]
                   where attempt.Run == view.Run
                   select new TimelineAttempt(job.Id, job.Name, job.Name.TrimEnd([.. "0123456789"]), attempt.Number, attempt.Node!, attempt.AssignedAt, attempt.StartedAt, attempt.EndedAt, attempt.Outcome?.Kind, attempt.Outcome?.ExitCode),
            ];
            return new TimelineView(view.Run, view.StartedAt, view.EndedAt, attempts.Length, attempts);
        }
    }

    /// <summary>Says that a job has new samples.</summary>
    public void Sample(WorkflowId workflow, string job) =>
        feed.Publish(new WorkflowChange(Now(workflow), [], [Job(workflow, job).Id]));

    public Task<IReadOnlyList<WorkflowView>> ListAsync(CancellationToken cancel) => ListAsync(WorkflowFilter.None, PageOf.All, cancel);

    public async Task<IReadOnlyList<WorkflowView>> ListAsync(WorkflowFilter filter, PageOf page, CancellationToken cancel)
    {
        await Gate.WaitAsync(cancel);
        lock (_gate)
        {
            return [.. _workflows.Where(workflow => IsWanted(filter, workflow)).Reverse()];
        }
    }

    /// <summary>What lists were asked for, in order.</summary>
    public List<string> Slices { get; } = [];

    public async Task<WorkflowSlice> SliceAsync(WorkflowFilter filter, WorkflowSort sort, int skip, int most, DateTimeOffset now, CancellationToken cancel)
    {
        Slices.Add($"{filter} {sort} {skip}".Trim());
        await Gate.WaitAsync(cancel);
        lock (_gate)
        {
            var wanted = _workflows.FindAll(workflow => IsWanted(filter, workflow));
            var ordered = sort.Column == WorkflowColumn.Name ? wanted.OrderBy(workflow => workflow.Name, StringComparer.Ordinal) : wanted.OrderBy(workflow => workflow.Id.Value);
            var inOrder = sort.IsDescending ? ordered.Reverse() : ordered;
            return new WorkflowSlice(
                [.. inOrder.Skip(skip).Take(most)],
                wanted.Count,
                _workflows.Where(workflow => IsWanted(filter with { Statuses = null }, workflow)).CountBy(workflow => workflow.Status).ToDictionary(),
                _workflows.Count(workflow => workflow.ArchivedAt is null),
                _workflows.Count(workflow => workflow.ArchivedAt is not null),
                [.. _workflows.Select(workflow => workflow.Project).OfType<string>().Distinct().Order(StringComparer.Ordinal)],
                [.. _workflows.Select(workflow => workflow.User).OfType<string>().Distinct().Order(StringComparer.Ordinal)]);
        }
    }

    public async Task<HomeView> HomeAsync(int most, CancellationToken cancel)
    {
        await Gate.WaitAsync(cancel);
        lock (_gate)
        {
            var all = _workflows.Where(workflow => workflow.ArchivedAt is null).Reverse().ToList();
            var troubled = all.FindAll(workflow => workflow.Status == WorkflowStatus.Failed || workflow.Counts.ContainsKey(JobStatus.PendingFailed));
            return new HomeView(
                [.. troubled.OrderByDescending(workflow => workflow.EndedAt ?? workflow.StartedAt).Take(most)],
                [.. all.Where(workflow => workflow.Status == WorkflowStatus.Running).Take(most)],
                [.. all.Where(workflow => workflow.EndedAt is not null).OrderByDescending(workflow => workflow.EndedAt).Take(most)],
                troubled.Count,
                all.Count,
                _workflows.Count - all.Count);
        }
    }

    public async Task<WorkflowView?> FindAsync(WorkflowId workflow, CancellationToken cancel)
    {
        await Gate.WaitAsync(cancel);
        lock (_gate)
        {
            return _workflows.FirstOrDefault(view => view.Id == workflow);
        }
    }

    public async Task<WorkflowDefinition?> DefinitionAsync(WorkflowId workflow, CancellationToken cancel)
    {
        await Gate.WaitAsync(cancel);
        return _definitions.GetValueOrDefault(workflow);
    }

    /// <summary>The versions of every spec, oldest first.</summary>
    public IReadOnlyList<string> Specs { get; set; } = [];

    public Task<StoredSpec?> SpecAsync(WorkflowId workflow, int? version, CancellationToken cancel)
    {
        int asked = version ?? Specs.Count;
        return Task.FromResult(asked >= 1 && asked <= Specs.Count ? new StoredSpec(asked, new SpecSource("diamond.yaml", Specs[asked - 1])) : null);
    }

    public Task<IReadOnlyList<JobView>> JobsAsync(WorkflowId workflow, CancellationToken cancel) => JobsAsync(workflow, PageOf.All, names: null, cancel);

    public async Task<IReadOnlyList<JobView>> JobsAsync(WorkflowId workflow, PageOf page, IReadOnlyCollection<string>? names, CancellationToken cancel)
    {
        await Gate.WaitAsync(cancel);
        lock (_gate)
        {
            return [.. _jobs[workflow].Where(job => names?.Contains(job.Name) != false)];
        }
    }

    public Task<IReadOnlyList<FailureCount>> FailuresAsync(IReadOnlyCollection<WorkflowId> workflows, CancellationToken cancel)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<FailureCount>>([.. workflows.SelectMany(workflow => _jobs[workflow]
                .Where(job => job is { Status: JobStatus.Failed, Outcome: not null })
                .GroupBy(job => job.Outcome! with { Detail = null })
                .Select(same => new FailureCount(workflow, same.Key, same.Count(), same.First().Name)))]);
        }
    }

    public Task<JobDetails?> FindAsync(JobId job, CancellationToken cancel)
    {
        lock (_gate)
        {
            Questions++;
            if (!_homes.TryGetValue(job, out var workflow))
            {
                return Task.FromResult<JobDetails?>(null);
            }

            var view = _jobs[workflow].First(candidate => candidate.Id == job);
            var definition = _definitions[workflow].Jobs[view.Position];
            var files = _definitions[workflow].Files;
            return Task.FromResult<JobDetails?>(new JobDetails(
                view,
                workflow,
                definition.Command,
                definition.RequirementsName,
                definition.Needs,
                [.. definition.InputFiles.Select(file => new FileView(files[file].Name, files[file].Path))],
                [.. definition.OutputFiles.Select(file => new FileView(files[file].Name, files[file].Path))],
                [.. _attempts[job]]));
        }
    }

    public Task<string?> WhyWaitingAsync(JobId job, CancellationToken cancel)
    {
        lock (_gate)
        {
            return Task.FromResult(Why(_jobs[_homes[job]].First(view => view.Id == job)));
        }
    }

    public Task<IReadOnlyList<SampleView>> SamplesAsync(AttemptId attempt, int most, CancellationToken cancel) => Task.FromResult<IReadOnlyList<SampleView>>([]);

    private static bool IsWanted(WorkflowFilter filter, WorkflowView workflow) =>
        (filter.Text is null || workflow.Id.Value == filter.Number || workflow.Name.Contains(filter.Text, StringComparison.OrdinalIgnoreCase))
        && (filter.Statuses is null or [] || filter.Statuses.Contains(workflow.Status))
        && (filter.Project is null || workflow.Project == filter.Project)
        && (filter.User is null || workflow.User == filter.User)
        && workflow.ArchivedAt is not null == filter.Archived;


    private int Position(WorkflowId workflow, string name) => Array.FindIndex(_jobs[workflow], job => job.Name.Equals(name, StringComparison.Ordinal));

    private void Put(WorkflowView view) => _workflows[_workflows.FindIndex(shown => shown.Id == view.Id)] = view with { Counts = Counts(view.Id), Version = _version };

    private Dictionary<JobStatus, int> Counts(WorkflowId workflow) => _jobs[workflow].CountBy(job => job.Status).ToDictionary();

    private void Tell(WorkflowId workflow, IReadOnlyList<string> jobs) =>
        feed.Publish(new WorkflowChange(Now(workflow), [.. _jobs[workflow].Where(job => jobs.Contains(job.Name))], []));
}
