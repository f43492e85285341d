using Torc.Shared.Jobs;

namespace Torc.Faults.Crashes;

/// <summary>What a job wrote down.</summary>
/// <param name="Keeper">The process that had started it.</param>
/// <param name="Nanoseconds">Since 1970 UTC, by this machine's clock.</param>
internal sealed record LedgerEntry(string What, AttemptId Attempt, int Pid, int Keeper, long Nanoseconds)
{
    public const string Start = "start";
    public const string End = "end";
    public const string Overlap = "overlap";
    public const string Missing = "missing";
}
