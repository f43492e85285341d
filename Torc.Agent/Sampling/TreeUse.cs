using Torc.Shared.Jobs;
using Torc.Shared.Quantities;

namespace Torc.Agent.Sampling;

/// <summary>What all processes of one attempt use at one moment.</summary>
internal readonly record struct TreeUse(AttemptId Attempt, TimeSpan Cpu, MemorySize Memory);
