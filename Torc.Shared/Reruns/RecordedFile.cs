namespace Torc.Shared.Reruns;

/// <summary>A file as an attempt read or wrote it.</summary>
/// <param name="Path">As the spec has it.</param>
/// <param name="Digest">Null if nobody read the content before it changed again.</param>
/// <param name="WasChangedMeanwhile">An input that was another at the attempt's end than at its start: nobody knows which of them was read.</param>
public sealed record RecordedFile(string Path, FileState State, FileIdentity? Identity = null, string? Digest = null, bool WasChangedMeanwhile = false);
