namespace Torc.Shared.Jobs;

/// <summary>What the state machine decided. A refusal is an answer, not an error: late and doubled reports are normal.</summary>
public abstract record Transition
{
    private Transition()
    {
    }

    public sealed record Moved(JobState To) : Transition;

    /// <param name="Why">Names the state and the event, for the log.</param>
    public sealed record Refused(string Why) : Transition;
}
