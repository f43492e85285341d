using Torc.Shared.Jobs;
using Torc.Shared.Quantities;

namespace Torc.Shared.Metrics;

/// <summary>What the newest attempt of a job used, once it has ended.</summary>
/// <param name="Run">The run of the workflow that it was made in.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Granted">The memory that it was given; zero for no limit.</param>
/// <param name="Peak">The most memory that it held; zero if nobody saw.</param>
/// <param name="Took">Null if it never started.</param>
/// <param name="BusyCpus">Logical CPUs that it used more than in 5 % of the time only; null if it was too short to be measured.</param>
public sealed record JobUse(int Run, Outcome Outcome, MemorySize Granted, MemorySize Peak, TimeSpan? Took, double? BusyCpus);
