namespace Torc.Shared.Placement;

/// <summary>Packs ready jobs onto one node.</summary>
public static class Packer
{
    /// <summary>Names the job that a node with <paramref name="free"/> room should start next; null if none fits.</summary>
    public static ReadyJob? Next(ReadyQueue ready, NodeCapacity free)
    {
        ReadyJob? best = null;
        foreach (var head in ready.Heads)
        {
            if (free.Fits(head.Needs) && (best is null || ReadyOrder.Instance.Compare(head, best) < 0))
            {
                best = head;
            }
        }

        return best;
    }

    /// <summary>Takes out of the queue the jobs that a node should start now.</summary>
    /// <returns>The jobs in the order in which to start them; together they fit. Equal input gives equal output.</returns>
    public static IReadOnlyList<ReadyJob> Choose(ReadyQueue ready, NodeCapacity free)
    {
        var chosen = new List<ReadyJob>();
        while (Next(ready, free) is { } job)
        {
            ready.Remove(job);
            chosen.Add(job);
            free = free.Less(job.Needs);
        }

        return chosen;
    }
}
