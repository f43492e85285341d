namespace Torc.Shared.Placement;

/// <summary>What a node may start although it is held for a job.</summary>
/// <param name="Job">For whom it is held. Jobs with the same needs are as good: the first of them goes.</param>
/// <param name="Since">Since when none of them was started.</param>
/// <param name="StartsAt">When there will be room for it, by the runtimes of what is there: at the latest, as those are limits.</param>
/// <param name="Beside">What will be left then beside it.</param>
public sealed record NodeHold(ReadyJob Job, TimeSpan Since, TimeSpan StartsAt, NodeCapacity Beside)
{
    /// <returns>Null if the job will not have room there, whatever ends.</returns>
    public static NodeHold? For(StarvedClass waiting, NodeRoom room, TimeSpan now)
    {
        var job = waiting.Head;
        if (!room.Capacity.Fits(job.Needs))
        {
            return null;
        }

        var (free, startsAt) = (room.Free, now);
        var leaving = new Queue<Occupant>(room.Occupants.OrderBy(occupant => occupant.EndsAt));
        while (!free.HasRoomFor(job.Needs) && leaving.TryDequeue(out var next))
        {
            // What is late may end at any moment.
            (free, startsAt) = (free.Plus(next.Needs), next.EndsAt > startsAt ? next.EndsAt : startsAt);
        }

        while (leaving.TryPeek(out var next) && next.EndsAt <= startsAt)
        {
            free = free.Plus(leaving.Dequeue().Needs);
        }

        return free.HasRoomFor(job.Needs) && room.Capacity.After(startsAt - now).HasTimeFor(job.Needs) ? new NodeHold(job, waiting.Since, startsAt, free.Less(job.Needs)) : null;
    }

    /// <summary>Whether another job that fits may start there all the same: it overtakes nobody, will have ended by then, or leaves room.</summary>
    public bool Allows(ReadyJob other, TimeSpan now) => GoesFirst(other) || EndsInTime(other, now) || Beside.HasRoomFor(other.Needs);

    /// <summary>
    /// Whether it is another job's turn before this one's: it asks for the same, it has a higher priority, which is the user's word, or it
    /// goes before this one and has waited as long. There is an end to those, other than to such as come later.
    /// </summary>
    public bool GoesFirst(ReadyJob other) =>
        other.Needs == Job.Needs || other.Priority > Job.Priority || (other.ReadySince <= Since && ReadyOrder.Instance.Compare(other, Job) < 0);

    private bool EndsInTime(ReadyJob other, TimeSpan now) => other.Needs.Runtime <= StartsAt - now;
}
