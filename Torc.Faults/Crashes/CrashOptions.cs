using Torc.Faults.Sites;
namespace Torc.Faults.Crashes;

/// <summary>How many rounds there are, and what happens in them.</summary>
/// <param name="Seed">Of the first round; each round has a seed of its own, one more than the last.</param>
internal sealed record CrashOptions(int Rounds, int Seed = 1)
{
    public SitePrograms Targets { get; init; } = SitePrograms.All;

    /// <summary>Whether processes are also stopped for a while, or only killed.</summary>
    public bool Stops { get; init; } = true;

    /// <summary>How long a workflow may take to end when its faults are over.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Leaves the folder of a site in which something was found where it is, and names it.</summary>
    public bool KeepsEvidence { get; init; }
}
