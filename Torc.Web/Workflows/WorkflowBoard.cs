using System.Diagnostics.CodeAnalysis;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Workflows;
using Torc.Web.Live;

namespace Torc.Web.Workflows;

/// <summary>A workflow and its jobs as a page shows them: begun with what the store said and kept up to date from the feed.</summary>
public sealed class WorkflowBoard
{
    private JobView[] _jobs = [];
    private readonly Dictionary<JobId, int> _places = [];
    private readonly Dictionary<string, int> _names = [];
    private readonly Dictionary<JobId, long> _samples = [];
    private readonly List<int> _changed = [];
    private JobGroups? _groups;
    private Dictionary<JobStatus, int>[] _counts = [];
    private Dictionary<JobStatus, int>[] _unknownOf = [];
    private Dictionary<JobStatus, int> _unknown = [];

    /// <param name="jobs">All of them, in the order of the spec.</param>
    /// <param name="groups">Of these jobs; null where nobody asks for them.</param>
    public WorkflowBoard(WorkflowView workflow, IReadOnlyList<JobView> jobs, JobGroups? groups = null) => Begin(workflow, jobs, groups);

    /// <summary>Begins anew with other jobs, since the workflow has got another spec. What was counted goes on.</summary>
    /// <param name="jobs">All of them, in the order of the spec.</param>
    /// <param name="groups">Of these jobs; null where nobody asks for them.</param>
    [MemberNotNull(nameof(Workflow))]
    public void Begin(WorkflowView workflow, IReadOnlyList<JobView> jobs, JobGroups? groups = null)
    {
        Workflow = workflow;
        _jobs = [.. jobs];
        _places.Clear();
        _names.Clear();
        for (int place = 0; place < _jobs.Length; place++)
        {
            _places[_jobs[place].Id] = place;
            _names[_jobs[place].Name] = place;
        }

        _groups = groups;
        _changed.Clear();
        _counts = groups is null
            ? []
            : [.. groups.Groups.Select(group => CountsOf(group.Jobs.Select(job => _jobs[job])))];
        _unknownOf = groups is null ? [] : [.. groups.Groups.Select(group => CountsOf(group.Jobs.Select(job => _jobs[job]).Where(IsUnknown)))];
        _unknown = CountsOf(_jobs.Where(IsUnknown));
    }

    public WorkflowView Workflow { get; private set; }

    /// <summary>In the order of the spec.</summary>
    public IReadOnlyList<JobView> Jobs => _jobs;

    /// <summary>Counts the batches that were applied.</summary>
    public long Beat { get; private set; }

    /// <summary>The places of the jobs that the last batch changed.</summary>
    public IReadOnlyList<int> Changed => _changed;

    /// <summary>How many jobs of a group have each status; statuses without any are left out.</summary>
    public IReadOnlyDictionary<JobStatus, int> CountsOf(int group) => _counts[group];

    /// <summary>How many of these nobody knows any more to be so, by what was seen last.</summary>
    public IReadOnlyDictionary<JobStatus, int> UnknownOf(int group) => _unknownOf[group];

    /// <summary>How many jobs there are of which nobody knows whether they still run, by what was seen last.</summary>
    public IReadOnlyDictionary<JobStatus, int> Unknown => _unknown;

    public JobView? Find(string? name) => name is not null && _names.TryGetValue(name, out int place) ? _jobs[place] : null;

    /// <summary>Counts how often new samples of a job were announced.</summary>
    public long SamplesOf(JobId job) => _samples.GetValueOrDefault(job);

    /// <summary>Takes over what is newer than what is shown. A batch may hold changes that the store's answer already had.</summary>
    public void Apply(LiveBatch batch)
    {
        foreach (var workflow in batch.Workflows)
        {
            if (workflow.Id == Workflow.Id && workflow.Replaces(Workflow))
            {
                Workflow = workflow;
            }
        }

        _changed.Clear();
        foreach (var job in batch.Jobs)
        {
            if (_places.TryGetValue(job.Id, out int place) && job.Replaces(_jobs[place].Version, _jobs[place].UnknownSince))
            {
                Count(place, _jobs[place], -1);
                Count(place, job, +1);
                _jobs[place] = job;
                _changed.Add(place);
            }
        }

        foreach (var job in batch.Sampled)
        {
            _samples[job] = SamplesOf(job) + 1;
        }

        Beat++;
    }

    private void Count(int place, JobView job, int step)
    {
        bool isUnknown = IsUnknown(job);
        if (isUnknown)
        {
            Add(_unknown, job.Status, step);
        }

        if (_groups is null)
        {
            return;
        }

        int group = _groups.Of(place);
        Add(_counts[group], job.Status, step);
        if (isUnknown)
        {
            Add(_unknownOf[group], job.Status, step);
        }
    }

    private static void Add(Dictionary<JobStatus, int> counts, JobStatus status, int step)
    {
        counts[status] = counts.GetValueOrDefault(status) + step;
        if (counts[status] == 0)
        {
            counts.Remove(status);
        }
    }

    private static bool IsUnknown(JobView job) => job.UnknownSince is not null;

    private static Dictionary<JobStatus, int> CountsOf(IEnumerable<JobView> jobs) => jobs.CountBy(job => job.Status).ToDictionary();
}
