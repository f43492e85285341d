using Torc.Shared.Reruns;

namespace Torc.Agent.Files;

/// <summary>What one look at a path tells.</summary>
/// <param name="Identity">Null unless it is present; of no meaning then is the kind.</param>
/// <param name="Problem">Why it is unknown; null unless it is.</param>
internal readonly record struct FileSight(FileState State, EntryKind Kind = default, FileIdentity? Identity = null, string? Problem = null)
{
    public static FileSight Missing { get; } = new(FileState.Missing);

    public static FileSight Unknown(string problem) => new(FileState.Unknown, Problem: problem);
}
