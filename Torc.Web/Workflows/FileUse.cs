using Torc.Shared.Reruns;

namespace Torc.Web.Workflows;

/// <summary>A file, who writes and reads it, and how it was when a job was last done with it.</summary>
/// <param name="Producer">Null for a file that is there before.</param>
/// <param name="State">Null if no attempt has looked at it yet.</param>
/// <param name="Size">In bytes; null unless it was present.</param>
/// <param name="ModifiedAt">Null unless it was present.</param>
public sealed record FileUse(string Name, string Path, FileJob? Producer, IReadOnlyList<FileJob> Consumers, FileState? State, long? Size, DateTimeOffset? ModifiedAt);
