namespace Torc.Shared.Jobs;

/// <summary>What happens to an attempt whose node can no longer be heard. The numbers are stored, so they never change.</summary>
public enum OnLost
{
    /// <summary>Nothing is run twice: it counts as running until there is evidence of its end, or a person declares its node gone.</summary>
    Hold = 0,

    /// <summary>It has a lease, which its keeper enforces; when that has run out, the job is handed out again.</summary>
    Rerun = 1,
}
