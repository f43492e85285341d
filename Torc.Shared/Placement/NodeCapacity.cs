using Torc.Shared.Quantities;

namespace Torc.Shared.Placement;

/// <summary>What a compute node offers, or what is left of it. Whole CPUs and bytes: nothing is rounded, so nothing is given out twice.</summary>
/// <param name="TimeLeft">How long the node stays ours, such as until its allocation ends; null without an end.</param>
/// <param name="MaxParallelJobs">How many jobs run there at once, by count alone: CPUs, memory and GPUs then say nothing about what fits. Null to go by those.</param>
/// <param name="Scheduler">Whose allocation the node is part of, as specs name it; null for a node that is part of none, such as a workstation.</param>
/// <param name="Labels">What jobs may ask for by name; null for none.</param>
public sealed record NodeCapacity(
    int Cpus,
    MemorySize Memory,
    int Gpus,
    TimeSpan? TimeLeft = null,
    int? MaxParallelJobs = null,
    string? Scheduler = null,
    IReadOnlyList<string>? Labels = null)
{
    public bool Fits(ResourceRequirements needs) => needs.Nodes == 1 && Accepts(needs) && HasRoomFor(needs) && HasTimeFor(needs);

    /// <summary>Whether such jobs may run here at all, however much room there is: by their label and their scheduler.</summary>
    public bool Accepts(ResourceRequirements needs) => HasLabelOf(needs) && IsOfSchedulerOf(needs);

    /// <summary>By CPUs, memory and GPUs, or by the number of jobs. All that takes room and gives it back again goes by this alone.</summary>
    public bool HasRoomFor(ResourceRequirements needs) => MaxParallelJobs is { } jobs
        ? jobs > 0
        : needs.Cpus <= Cpus && needs.Memory <= Memory && needs.Gpus <= Gpus;

    public bool HasTimeFor(ResourceRequirements needs) => TimeLeft is not { } left || needs.Runtime <= left;

    public bool HasLabelOf(ResourceRequirements needs) => needs.Label is not { } label || (Labels?.Contains(label) ?? false);

    public bool IsOfSchedulerOf(ResourceRequirements needs) => needs.Scheduler is null || Scheduler is null || needs.Scheduler == Scheduler;

    public NodeCapacity Less(ResourceRequirements needs) => this with
    {
        Cpus = Cpus - needs.Cpus,
        Memory = Memory - needs.Memory,
        Gpus = Gpus - needs.Gpus,
        MaxParallelJobs = MaxParallelJobs - 1,
    };

    public NodeCapacity Plus(ResourceRequirements needs) => this with
    {
        Cpus = Cpus + needs.Cpus,
        Memory = Memory + needs.Memory,
        Gpus = Gpus + needs.Gpus,
        MaxParallelJobs = MaxParallelJobs + 1,
    };

    /// <summary>The same when some time has gone by.</summary>
    public NodeCapacity After(TimeSpan elapsed) => TimeLeft is { } left ? this with { TimeLeft = elapsed < left ? left - elapsed : TimeSpan.Zero } : this;

    /// <summary>Whether nothing more has room, however little it needs: a CPU, or a place where jobs are counted, is part of whatever a job needs.</summary>
    public bool IsFull => (MaxParallelJobs ?? Cpus) <= 0;

    /// <summary>How many jobs of one class run beside each other.</summary>
    public int Slots(ResourceRequirements needs) => !Fits(needs) ? 0 : MaxParallelJobs ?? (int)Math.Min(
        Math.Min(Cpus / needs.Cpus, needs.Gpus == 0 ? int.MaxValue : Gpus / needs.Gpus),
        needs.Memory.Bytes == 0 ? int.MaxValue : Memory.Bytes / needs.Memory.Bytes);
}
