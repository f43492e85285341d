namespace Torc.Shared.Placement;

/// <summary>
/// Who goes first when several ready jobs fit: priority, then what the workflow's sort method looks at, then the longest
/// remaining path, then the larger job, then the one submitted first. Equal only for the same job.
/// </summary>
/// <remarks>
/// Jobs of several workflows are in one queue, and an order in which each pair is compared by a rule of its own would go
/// round in circles. So every job is compared by one row of figures: priority; GPUs, none for a workflow that does not
/// sort; the method, in the order in which the methods are declared; then the method's own. Workflows of one method mix
/// as if they were one. Those of different methods do not mix within a priority and a number of GPUs: one of them goes
/// first there, and the hold for jobs that wait long keeps the other from waiting for ever.
/// </remarks>
internal sealed class ReadyOrder : IComparer<ReadyJob>
{
    public static readonly ReadyOrder Instance = new();

    public int Compare(ReadyJob? x, ReadyJob? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        int order = y.Priority.CompareTo(x.Priority);
        order = order != 0 ? order : ScarceGpus(y).CompareTo(ScarceGpus(x));
        order = order != 0 ? order : x.SortMethod.CompareTo(y.SortMethod);
        order = order != 0 ? order : CompareByMethod(x, y);
        order = order != 0 ? order : y.RemainingDepth.CompareTo(x.RemainingDepth);
        order = order != 0 ? order : y.Needs.Cpus.CompareTo(x.Needs.Cpus);
        order = order != 0 ? order : y.Needs.Gpus.CompareTo(x.Needs.Gpus);
        order = order != 0 ? order : y.Needs.Memory.CompareTo(x.Needs.Memory);
        return order != 0 ? order : x.Id.Value.CompareTo(y.Id.Value);
    }

    private static int ScarceGpus(ReadyJob job) => job.SortMethod == SortMethod.None ? 0 : job.Needs.Gpus;

    // Both are of one method here.
    private static int CompareByMethod(ReadyJob x, ReadyJob y)
    {
        int runtime = y.Needs.Runtime.CompareTo(x.Needs.Runtime);
        int memory = y.Needs.Memory.CompareTo(x.Needs.Memory);
        return x.SortMethod switch
        {
            SortMethod.GpusRuntimeMemory => runtime != 0 ? runtime : memory,
            SortMethod.GpusMemoryRuntime => memory != 0 ? memory : runtime,
            _ => 0,
        };
    }
}
