namespace Torc.Shared.Placement;

/// <summary>
/// Who goes first when several ready jobs fit: priority, then the scarcer and longer requirements, then the longest
/// remaining path, then the larger job, then the one submitted first. Equal only for the same job.
/// </summary>
internal sealed class ReadyOrder : IComparer<ReadyJob>
{
    public static readonly ReadyOrder Instance = new();

    public int Compare(ReadyJob? x, ReadyJob? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        int order = y.Priority.CompareTo(x.Priority);
        order = order != 0 ? order : y.Needs.Gpus.CompareTo(x.Needs.Gpus);
        order = order != 0 ? order : y.Needs.Runtime.CompareTo(x.Needs.Runtime);
        order = order != 0 ? order : y.Needs.Memory.CompareTo(x.Needs.Memory);
        order = order != 0 ? order : y.RemainingDepth.CompareTo(x.RemainingDepth);
        order = order != 0 ? order : y.Needs.Cpus.CompareTo(x.Needs.Cpus);
        return order != 0 ? order : x.Id.Value.CompareTo(y.Id.Value);
    }
}
