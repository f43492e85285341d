using Torc.Shared.Jobs;

namespace Torc.Shared.Reruns;

/// <summary>The newest attempt of a job that ended well: what the job was made of then, and which files it read and wrote.</summary>
/// <param name="Took">Null if nobody knows.</param>
public sealed record JobResult(AttemptId Attempt, Fingerprint Fingerprint, IReadOnlyList<RecordedFile> Inputs, IReadOnlyList<RecordedFile> Outputs, TimeSpan? Took = null);
