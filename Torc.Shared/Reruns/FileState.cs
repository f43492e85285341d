namespace Torc.Shared.Reruns;

/// <summary>Whether there is something at a path.</summary>
public enum FileState
{
    Missing = 0,
    Present = 1,

    /// <summary>There may be one: the node may not look, or cannot from where it is. Never taken for missing.</summary>
    Unknown = 2,
}
