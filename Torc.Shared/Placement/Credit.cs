namespace Torc.Shared.Placement;

/// <summary>
/// Says how many jobs a node is sent before it has room for them: so many that it need not wait for the server between two short
/// ones, and no more than it runs in a moment, since what is sent ahead is not there for others.
/// </summary>
/// <param name="ahead">How long a node should be busy with what it was sent ahead.</param>
public sealed class Credit(TimeSpan ahead)
{
    // A program takes about so long to start and to be waited for, whatever it does and however many CPUs there are.
    private static readonly TimeSpan LeastPace = TimeSpan.FromMilliseconds(0.25);

    private const int MostClasses = 1000;
    private const double Forgetting = 0.1;

    private readonly Dictionary<ResourceRequirements, double> _seconds = [];

    /// <summary>Takes note of how long a job ran. A longer one than before counts at once, shorter ones only little by little.</summary>
    public void Learn(ResourceRequirements needs, TimeSpan ran)
    {
        double seconds = Math.Max(0, ran.TotalSeconds);
        if (_seconds.TryGetValue(needs, out double known))
        {
            _seconds[needs] = seconds > known ? seconds : known + (Forgetting * (seconds - known));
            return;
        }

        if (_seconds.Count == MostClasses)
        {
            _seconds.Clear();
        }

        _seconds.Add(needs, seconds);
    }

    /// <summary>Takes out of the queue what a node is sent ahead now: nothing as long as it has half of what it may have.</summary>
    /// <param name="placed">What has room there. If none of it is known to be short, nothing would come to its turn soon.</param>
    /// <param name="line">What it was sent ahead and has not started.</param>
    /// <returns>In the order in which to start them.</returns>
    public IReadOnlyList<ReadyJob> Choose(
        ReadyQueue ready, NodeCapacity capacity, IEnumerable<ResourceRequirements> placed, IEnumerable<ResourceRequirements> line, TimeSpan now)
    {
        var chosen = new List<ReadyJob>();
        if (ready.Count == 0 || !placed.Any(needs => Pace(needs, capacity) is not null))
        {
            return chosen;
        }

        var busy = line.Aggregate(TimeSpan.Zero, (sum, needs) => sum + (Pace(needs, capacity) ?? ahead));
        if (busy > ahead / 2)
        {
            return chosen;
        }

        while (Packer.Next(ready, capacity, head => busy + Pace(head.Needs, capacity) <= ahead) is { } job)
        {
            ready.Start(job, now);
            chosen.Add(job);
            busy += Pace(job.Needs, capacity)!.Value;
        }

        return chosen;
    }

    /// <summary>How long a node is busy with each of many jobs of a class; null if nobody knows, or if one takes longer than all that may be sent ahead.</summary>
    private TimeSpan? Pace(ResourceRequirements needs, NodeCapacity capacity)
    {
        if (!_seconds.TryGetValue(needs, out double seconds) || seconds > ahead.TotalSeconds)
        {
            return null;
        }

        var pace = TimeSpan.FromSeconds(seconds / Math.Max(1, capacity.Slots(needs)));
        return pace > LeastPace ? pace : LeastPace;
    }
}
