namespace Torc.Shared.Placement;

/// <summary>
/// Ready jobs of all workflows, kept by requirement class: a decision looks at the head of each class, so that it costs
/// the number of classes and not the number of jobs, and a large job at the head never hides small ones that fit.
/// </summary>
public sealed class ReadyQueue
{
    private readonly Dictionary<ResourceRequirements, SortedSet<ReadyJob>> _classes = [];

    public int Count { get; private set; }

    /// <summary>The first job of each requirement class.</summary>
    public IEnumerable<ReadyJob> Heads => _classes.Values.Select(jobs => jobs.Min!);

    public void Add(ReadyJob job)
    {
        if (!_classes.TryGetValue(job.Needs, out var jobs))
        {
            _classes.Add(job.Needs, jobs = new SortedSet<ReadyJob>(ReadyOrder.Instance));
        }

        if (jobs.Add(job))
        {
            Count++;
        }
    }

    /// <returns>Whether it was there.</returns>
    public bool Remove(ReadyJob job)
    {
        if (!_classes.TryGetValue(job.Needs, out var jobs) || !jobs.Remove(job))
        {
            return false;
        }

        Count--;
        if (jobs.Count == 0)
        {
            _classes.Remove(job.Needs);
        }

        return true;
    }
}
