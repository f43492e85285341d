using Torc.Shared.Placement;

namespace Torc.Tests.Placement;

/// <summary>
/// The shortest that jobs which are all ready can take on some nodes, by trying. Jobs start in some order, each on some node as soon as it
/// fits there and not before the one that started last: the best of all these is the best there is.
/// </summary>
internal sealed class Optimum
{
    private readonly IReadOnlyList<NodeCapacity> _nodes;
    private readonly CourseJob[] _jobs;
    private readonly List<(ResourceRequirements Needs, TimeSpan EndsAt)>[] _running;
    private readonly bool[] _isStarted;
    private TimeSpan _best;

    private Optimum(IReadOnlyList<NodeCapacity> nodes, IEnumerable<CourseJob> jobs, TimeSpan known)
    {
        _nodes = nodes;
        _jobs = [.. jobs.OrderByDescending(job => job.Length)];
        _running = [.. nodes.Select(_ => new List<(ResourceRequirements, TimeSpan)>())];
        _isStarted = new bool[_jobs.Length];
        _best = known;
    }

    /// <param name="known">What somebody has found already: nothing longer is looked at.</param>
    public static TimeSpan Of(IReadOnlyList<NodeCapacity> nodes, IEnumerable<CourseJob> jobs, TimeSpan known)
    {
        var search = new Optimum(nodes, jobs, known);
        search.Try(left: search._jobs.Length, TimeSpan.Zero, TimeSpan.Zero);
        return search._best;
    }

    private void Try(int left, TimeSpan lastStart, TimeSpan end)
    {
        if (left == 0)
        {
            _best = end < _best ? end : _best;
            return;
        }

        if (Bound(lastStart) >= _best)
        {
            return;
        }

        var tried = new HashSet<(ResourceRequirements, TimeSpan)>();
        for (int index = 0; index < _jobs.Length; index++)
        {
            // Of jobs that are alike, one is as good as another.
            if (_isStarted[index] || !tried.Add((_jobs[index].Job.Needs, _jobs[index].Length)))
            {
                continue;
            }

            for (int node = 0; node < _nodes.Count; node++)
            {
                if (EarliestStart(node, _jobs[index].Job.Needs, lastStart) is { } start && start + _jobs[index].Length < _best)
                {
                    _isStarted[index] = true;
                    _running[node].Add((_jobs[index].Job.Needs, start + _jobs[index].Length));
                    Try(left - 1, start, start + _jobs[index].Length > end ? start + _jobs[index].Length : end);
                    _running[node].RemoveAt(_running[node].Count - 1);
                    _isStarted[index] = false;
                }
            }
        }
    }

    private TimeSpan? EarliestStart(int node, ResourceRequirements needs, TimeSpan from) =>
        _running[node].Select(other => other.EndsAt).Where(end => end > from).Prepend(from).Order()
            .Where(moment => _running[node].Where(other => other.EndsAt > moment).Aggregate(_nodes[node], (free, other) => free.Less(other.Needs)).After(moment).Fits(needs))
            .Cast<TimeSpan?>()
            .FirstOrDefault();

    // Nothing starts before the last start, and no CPU does two things at once.
    private TimeSpan Bound(TimeSpan lastStart)
    {
        double cpuSeconds = 0;
        var longest = TimeSpan.Zero;
        for (int index = 0; index < _jobs.Length; index++)
        {
            if (!_isStarted[index])
            {
                cpuSeconds += _jobs[index].Job.Needs.Cpus * _jobs[index].Length.TotalSeconds;
                longest = _jobs[index].Length > longest ? _jobs[index].Length : longest;
            }
        }

        foreach (var (needs, endsAt) in _running.SelectMany(running => running).Where(running => running.EndsAt > lastStart))
        {
            cpuSeconds += needs.Cpus * (endsAt - lastStart).TotalSeconds;
        }

        var area = _nodes.Any(node => node.MaxParallelJobs is not null) ? TimeSpan.Zero : TimeSpan.FromSeconds(cpuSeconds / _nodes.Sum(node => node.Cpus));
        return lastStart + (area > longest ? area : longest);
    }
}
