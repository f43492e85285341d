using System.Globalization;
using Torc.Shared.Jobs;
using Torc.Shared.Quantities;

namespace Torc.Shared.Placement;

/// <summary>Says in a sentence why a job is not running, from the same data by which jobs are placed.</summary>
public static class WaitReason
{
    /// <summary>Beyond so many the number of jobs that go first says no more than that there are many.</summary>
    public const int MostCounted = 1_000;

    private const int MaxNames = 3;

    /// <summary>About a job of which the status alone is known.</summary>
    /// <returns>Null if a status says it all.</returns>
    public static string? ForStatus(JobStatus status) => status switch
    {
        JobStatus.Uninitialized => "Has not been part of a run: start the workflow, or run it again.",
        JobStatus.Blocked => "Waits for other jobs.",
        JobStatus.Canceled => "Cancelled.",
        JobStatus.Disabled => "Turned off: no run starts it.",
        _ => null,
    };

    /// <summary>About a job that waits for other jobs.</summary>
    /// <param name="blockers">The names of those that have not ended; at least one.</param>
    public static string ForBlockers(IReadOnlyCollection<string> blockers)
    {
        string names = string.Join(", ", blockers.Take(MaxNames));
        return blockers.Count > MaxNames ? $"Waits for {names} and {blockers.Count - MaxNames} more." : $"Waits for {names}.";
    }

    /// <summary>About a job that was given to a node and was not heard to start.</summary>
    public static string ForPending(string node) => $"Was given to {node}, which has not started it yet.";

    /// <summary>About a job that waits for room.</summary>
    /// <param name="nodes">Those that are connected, each with what it is held for; null where it is not.</param>
    /// <param name="before">How many jobs go before it, counted up to <see cref="MostCounted"/>.</param>
    /// <param name="nameOf">Names the job for which a node is held.</param>
    /// <param name="now">By the clock of the holds.</param>
    public static string ForRoom(ReadyJob job, IReadOnlyCollection<(NodeRoom Room, NodeHold? Hold)> nodes, int before, Func<JobId, string> nameOf, TimeSpan now)
    {
        var needs = job.Needs;
        if (nodes.Count == 0)
        {
            return "Ready, but no node is connected.";
        }

        if (needs.Nodes > 1)
        {
            return $"Needs {needs.Nodes} nodes at once; this version of Torc places a job on one node.";
        }

        var fitting = nodes.Where(node => node.Room.Capacity.Fits(needs)).ToList();
        if (fitting.Count == 0)
        {
            return Unfit.Why(needs, [.. nodes.Select(node => node.Room)]);
        }

        if (fitting.Find(node => node.Hold?.Job.Needs == needs) is { Hold: { } own } kept && own.StartsAt > now)
        {
            return own.Job.Id == job.Id
                ? $"{kept.Room.Name} is held for it, as it has waited {Waited(own, now)}; it starts there in {DurationText.Print(own.StartsAt - now)} at the latest."
                : $"{kept.Room.Name} is held for {nameOf(own.Job.Id)}, which needs the same and goes before it{Before(before)}.";
        }

        var open = fitting.FindAll(node => node.Room.Free.Fits(needs));
        if (open.Exists(node => node.Hold?.Allows(job, now) != false))
        {
            return $"Is about to start on {open.Find(node => node.Hold?.Allows(job, now) != false).Room.Name}{Before(before)}.";
        }

        return open is [{ Hold: { } hold } only, ..]
            ? $"{only.Room.Name} has room, and is held for job {nameOf(hold.Job.Id)}, which has waited {Waited(hold, now)} and needs more."
            : Busy(needs, [.. fitting.Select(node => node.Room)], before);
    }

    private static string Busy(ResourceRequirements needs, List<NodeRoom> fitting, int before)
    {
        var node = fitting.OrderBy(node => Lacks(needs, node.Free)).ThenByDescending(node => node.Free.Cpus).First();
        var (free, all) = (node.Free, node.Capacity);
        string inUse = (all.MaxParallelJobs, needs.Cpus > free.Cpus, needs.Memory > free.Memory) switch
        {
            ({ } most, _, _) => string.Create(CultureInfo.InvariantCulture, $"Waits for its turn; {most - free.MaxParallelJobs} of at most {Words.Count(most, "job")} are running on {node.Name}"),
            (_, true, _) => string.Create(CultureInfo.InvariantCulture, $"Waits for {Words.Count(needs.Cpus, "CPU")}; {all.Cpus - free.Cpus} of {all.Cpus} on {node.Name} are in use"),
            (_, _, true) => $"Waits for {needs.Memory} of memory; {all.Memory - free.Memory} of {all.Memory} on {node.Name} are in use",
            _ => string.Create(CultureInfo.InvariantCulture, $"Waits for {Words.Count(needs.Gpus, "GPU")}; {all.Gpus - free.Gpus} of {all.Gpus} on {node.Name} are in use"),
        };
        string nearest = fitting.Count == 1 ? "" : $", the nearest of {fitting.Count} nodes that are large enough";
        return $"{inUse}{nearest}{Before(before)}.";
    }

    private static int Lacks(ResourceRequirements needs, NodeCapacity free) =>
        (needs.Cpus > free.Cpus ? 1 : 0) + (needs.Memory > free.Memory ? 1 : 0) + (needs.Gpus > free.Gpus ? 1 : 0);

    private static string Waited(NodeHold hold, TimeSpan now) => DurationText.Print(TimeSpan.FromSeconds(Math.Floor((now - hold.Job.ReadySince).TotalSeconds)));

    private static string Before(int before) => before switch
    {
        0 => "",
        1 => "; 1 job goes before it",
        < MostCounted => string.Create(CultureInfo.InvariantCulture, $"; {before} jobs go before it"),
        _ => string.Create(CultureInfo.InvariantCulture, $"; {MostCounted:N0} jobs or more go before it"),
    };
}
