using Torc.Shared.Jobs;

namespace Torc.Shared.Placement;

/// <summary>
/// Ready jobs of all workflows, kept by requirement class: a decision looks at the head of each class, so that it costs
/// the number of classes and not the number of jobs, and a large job at the head never hides small ones that fit.
/// </summary>
public sealed class ReadyQueue
{
    /// <summary>Nobody waits in front for longer than this until a node is held, however long he runs.</summary>
    public static readonly TimeSpan LongestPatience = TimeSpan.FromMinutes(10);

    private readonly Dictionary<ResourceRequirements, ReadyClass> _classes = [];

    /// <summary>Of all that are in it: most of those that are to be taken out left long ago, and to look for them in their class costs far more.</summary>
    private readonly HashSet<JobId> _jobs = [];

    public int Count => _jobs.Count;

    /// <summary>The first job of each requirement class.</summary>
    public IEnumerable<ReadyJob> Heads => _classes.Values.Select(jobs => jobs.Head);

    /// <summary>Adds a job; nothing happens if it is there already.</summary>
    public void Add(ReadyJob job)
    {
        if (!_classes.TryGetValue(job.Needs, out var jobs))
        {
            _classes.Add(job.Needs, jobs = new ReadyClass(job.ReadySince));
        }

        if (jobs.Jobs.Add(job))
        {
            _jobs.Add(job.Id);
        }
    }

    /// <returns>Whether it was there.</returns>
    public bool Remove(ReadyJob job)
    {
        if (!_jobs.Contains(job.Id) || !_classes.TryGetValue(job.Needs, out var jobs) || !jobs.Jobs.Remove(job))
        {
            return false;
        }

        _jobs.Remove(job.Id);
        if (jobs.Jobs.Count == 0)
        {
            _classes.Remove(job.Needs);
        }

        return true;
    }

    /// <summary>Takes out a job that starts now: those of its class begin to wait anew.</summary>
    public void Start(ReadyJob job, TimeSpan now)
    {
        if (Remove(job) && _classes.TryGetValue(job.Needs, out var others))
        {
            (others.WaitsSince, others.InFrontSince) = (now, null);
        }
    }

    /// <summary>
    /// Finds the classes that wait in front: nobody goes before them but who came later. Where others start now, these are overtaken. From
    /// now on until one of its jobs starts a class counts as in front.
    /// </summary>
    /// <param name="hasPlace">Whether there is a node that could take a job with such needs: who can run nowhere is in nobody's way.</param>
    public void FindFront(Func<ResourceRequirements, bool> hasPlace, TimeSpan now)
    {
        ReadyClass? first = null;
        foreach (var jobs in _classes.Values)
        {
            if ((first is null || ReadyOrder.Instance.Compare(jobs.Head, first.Head) < 0) && hasPlace(jobs.Head.Needs))
            {
                first = jobs;
            }
        }

        if (first is null)
        {
            return;
        }

        first.InFrontSince ??= now;
        var earliest = first.Head.ReadySince;

        // Mostly there are none: those that became ready together wait for the first of them.
        var older = _classes.Values.Where(jobs => jobs.WaitsSince < earliest && jobs.Head.Priority == first.Head.Priority && jobs != first).ToList();
        foreach (var jobs in older.OrderBy(jobs => jobs.Head, ReadyOrder.Instance))
        {
            if (jobs.WaitsSince < earliest && hasPlace(jobs.Head.Needs))
            {
                earliest = jobs.Head.ReadySince;
                jobs.InFrontSince ??= now;
            }
        }
    }

    /// <summary>
    /// The classes that have been in front for as long as such a job runs, at most <see cref="LongestPatience"/>: the highest
    /// priority first, then the one that has waited longest. The class counts and not each job, or else a long queue, in which
    /// everybody waits, would soon go by age instead of by its order; and no room stays empty for who waits for his turn.
    /// </summary>
    public IEnumerable<StarvedClass> Starved(TimeSpan now) => _classes.Keys
        .Select(needs => StarvedOf(needs, now))
        .OfType<StarvedClass>()
        .OrderByDescending(starved => starved.Head.Priority)
        .ThenBy(starved => starved.Since)
        .ThenBy(starved => starved.Head, ReadyOrder.Instance);

    /// <returns>Null if such jobs do not wait, or not in front for too long.</returns>
    public StarvedClass? StarvedOf(ResourceRequirements needs, TimeSpan now)
    {
        var patience = needs.Runtime < LongestPatience ? needs.Runtime : LongestPatience;
        return _classes.TryGetValue(needs, out var jobs) && now - jobs.InFrontSince >= patience ? new StarvedClass(jobs.Head, jobs.WaitsSince) : null;
    }

    /// <summary>Counts the jobs that go before another one.</summary>
    /// <param name="most">Where counting ends: a queue may be very long.</param>
    public int CountBefore(ReadyJob job, int most)
    {
        int count = 0;
        foreach (var jobs in _classes.Values)
        {
            foreach (var other in jobs.Jobs)
            {
                if (count == most)
                {
                    return count;
                }

                if (ReadyOrder.Instance.Compare(other, job) >= 0)
                {
                    break;
                }

                count++;
            }
        }

        return count;
    }

    private sealed class ReadyClass(TimeSpan waitsSince)
    {
        public SortedSet<ReadyJob> Jobs { get; } = new(ReadyOrder.Instance);

        /// <summary>Since when none of them was started.</summary>
        public TimeSpan WaitsSince { get; set; } = waitsSince;

        /// <summary>When it was first seen in front since then; null if it was not.</summary>
        public TimeSpan? InFrontSince { get; set; }

        public ReadyJob Head => Jobs.Min!;
    }
}
