namespace Torc.Shared.Placement;

/// <summary>Packs ready jobs onto one node.</summary>
public static class Packer
{
    /// <summary>Names the job that a node with <paramref name="free"/> room should start next; null if there is none.</summary>
    /// <param name="mayGo">What else it depends on.</param>
    public static ReadyJob? Next(ReadyQueue ready, NodeCapacity free, Func<ReadyJob, bool> mayGo)
    {
        ReadyJob? best = null;
        foreach (var head in ready.Heads)
        {
            if (free.Fits(head.Needs) && mayGo(head) && (best is null || ReadyOrder.Instance.Compare(head, best) < 0))
            {
                best = head;
            }
        }

        return best;
    }

    /// <param name="hold">What the node is held for; null if it is not.</param>
    public static ReadyJob? Next(ReadyQueue ready, NodeCapacity free, NodeHold? hold, TimeSpan now) =>
        Next(ready, free, head => hold?.Allows(head, now) != false);

    /// <summary>Takes out of the queue the jobs that a node should start now.</summary>
    /// <returns>The jobs in the order in which to start them; together they fit. Equal input gives equal output.</returns>
    public static IReadOnlyList<ReadyJob> Choose(ReadyQueue ready, NodeRoom room, NodeHolds holds, TimeSpan now)
    {
        var chosen = new List<ReadyJob>();
        while (Next(ready, room.Free, holds.On(room, ready, now), now) is { } job)
        {
            ready.Start(job, now);
            chosen.Add(job);
            room = room.With(job.Needs, now);
        }

        return chosen;
    }
}
