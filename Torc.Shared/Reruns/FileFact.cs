namespace Torc.Shared.Reruns;

/// <summary>What a node sees at a path.</summary>
/// <param name="Path">As the spec has it: absolute, or relative to the working directory.</param>
/// <param name="Identity">Null unless it is present.</param>
/// <param name="Digest">
/// Of the content, such as <c>xxh128:…</c>; of a folder's names and contents, <c>folder:…</c>; of a file too large to read, its size and time,
/// <c>stat:…</c>. Null if it was not read.
/// </param>
/// <param name="ReadAt">When the content was read, by the node's clock; null if it was not.</param>
/// <param name="Problem">Why it is unknown; null unless it is.</param>
public sealed record FileFact(
    string Path, FileState State, FileIdentity? Identity = null, string? Digest = null, DateTimeOffset? ReadAt = null, string? Problem = null);
