namespace Torc.Faults.Crashes;

/// <param name="Duration">How long nothing gets through between the agent and the server.</param>
internal sealed record PartitionOptions(TimeSpan Duration)
{
    public static readonly TimeSpan DefaultDuration = TimeSpan.FromMinutes(10);

    /// <summary>How long after the healing everything may take to come to its end.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>Leaves the folder of the site where it is if something was found, and names it.</summary>
    public bool KeepsEvidence { get; init; }
}
