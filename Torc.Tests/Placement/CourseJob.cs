using Torc.Shared.Placement;

namespace Torc.Tests.Placement;

/// <param name="Length">How long it really runs, at most its runtime.</param>
internal sealed record CourseJob(ReadyJob Job, TimeSpan Length);
