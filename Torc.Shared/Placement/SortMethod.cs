namespace Torc.Shared.Placement;

/// <summary>What a workflow looks at first when several of its ready jobs have the same priority.</summary>
public enum SortMethod
{
    /// <summary>GPUs, then the longer runtime, then memory: what is scarce and what takes long goes first.</summary>
    GpusRuntimeMemory,

    /// <summary>GPUs, then memory, then the longer runtime.</summary>
    GpusMemoryRuntime,

    /// <summary>None of these: the longest remaining path alone.</summary>
    None,
}
