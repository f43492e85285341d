using Torc.Shared.Jobs;
using Torc.Shared.Quantities;

namespace Torc.Agent.Sampling;

/// <summary>What all processes of one attempt use at one moment.</summary>
/// <param name="RanOutOfMemory">The kernel has ended one of them for going over the attempt's memory.</param>
internal readonly record struct TreeUse(AttemptId Attempt, TimeSpan Cpu, MemorySize Memory, bool RanOutOfMemory = false);
