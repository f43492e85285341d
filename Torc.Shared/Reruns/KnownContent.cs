namespace Torc.Shared.Reruns;

/// <summary>What was in a file while it had an identity.</summary>
/// <param name="Path">As the spec has it.</param>
/// <param name="Digest">As in <see cref="FileFact.Digest"/>.</param>
/// <param name="ReadAt">By the clock of the node that read it.</param>
public sealed record KnownContent(string Path, FileIdentity Identity, string Digest, DateTimeOffset ReadAt);
