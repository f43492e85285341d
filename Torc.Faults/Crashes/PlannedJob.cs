using Torc.Shared.Jobs;

namespace Torc.Faults.Crashes;

/// <param name="LeavesBehind">What it leaves running when it ends, for its keeper to end.</param>
internal sealed record PlannedJob(string Name, double Seconds, int Cpus, OnLost OnLost, string LeavesBehind, IReadOnlyList<string> Blockers)
{
    public string Output => $"{Name}.out";
}
