using Torc.Shared.Jobs;

namespace Torc.Faults.Crashes;

/// <summary>A job of a round as the database has it in the end.</summary>
/// <param name="Outcomes">Of its attempts, from the first; null for one that is open.</param>
internal sealed record StoredJob(JobId Id, string Name, JobStatus Status, IReadOnlyList<Outcome?> Outcomes)
{
    public IEnumerable<(AttemptId Attempt, Outcome? Outcome)> Attempts => Outcomes.Select((outcome, i) => (new AttemptId(Id, i + 1), outcome));
}
