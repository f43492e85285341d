using Torc.Shared.Jobs;
using Torc.Shared.Quantities;

namespace Torc.Agent.Sampling;

/// <summary>What all processes of one attempt use at one moment.</summary>
/// <param name="Processes">How many there are, without those that have ended.</param>
/// <param name="ReadBytes">From storage since they started, as far as the system tells, as is the next.</param>
/// <param name="RanOutOfMemory">The kernel has ended one of them for going over the attempt's memory.</param>
internal readonly record struct TreeUse(AttemptId Attempt, TimeSpan Cpu, MemorySize Memory, int Processes = 1, long ReadBytes = 0, long WrittenBytes = 0, bool RanOutOfMemory = false);
