using Torc.Shared.Metrics;

namespace Torc.Agent.Sampling;

/// <summary>What this machine does, whoever uses it.</summary>
internal interface IMachineUse
{
    /// <summary>Since the look before.</summary>
    /// <returns>Null at the first look, as there is nothing to compare with; and where the machine does not say.</returns>
    UsageLevels? Look();

    /// <summary>Tells what the GPUs do about once a second, until it is canceled.</summary>
    Task WatchGpusAsync(Func<GpuReading, Task> tell, CancellationToken cancel);
}
