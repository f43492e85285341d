namespace Torc.Agent.Journal;

/// <summary>What the journal knows of one attempt that is not forgotten.</summary>
/// <param name="Started">Null if it was not started, or if the keeper went before it could write that down.</param>
/// <param name="Ended">Null if it runs, or if nobody saw its end.</param>
internal sealed record JournaledAttempt(JournalRecord.Given Given, JournalRecord.Started? Started = null, JournalRecord.Ended? Ended = null)
{
    /// <summary>It was to be started soon, and as far as was written it never was.</summary>
    public bool WasNotStarted => Given.IsAhead && Started is null && Ended is null;
}
