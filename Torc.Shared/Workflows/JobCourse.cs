using Torc.Shared.Jobs;

namespace Torc.Shared.Workflows;

/// <summary>How far a job is.</summary>
/// <param name="Took">How long its newest attempt took, if that ended well; null if it did not, or has not ended.</param>
/// <param name="SoFar">How long it has run, if it runs.</param>
public readonly record struct JobCourse(JobStatus Status, TimeSpan? Took = null, TimeSpan SoFar = default);
