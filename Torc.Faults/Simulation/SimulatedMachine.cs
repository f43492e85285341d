using Torc.Agent.Sampling;
using Torc.Shared.Metrics;

namespace Torc.Faults.Simulation;

/// <summary>Nobody looks at what the machines of a simulation do.</summary>
internal sealed class SimulatedMachine : IMachineUse
{
    public static SimulatedMachine Instance { get; } = new();

    public UsageLevels? Look() => null;

    public Task WatchGpusAsync(Func<GpuReading, Task> tell, CancellationToken cancel) => Task.CompletedTask;
}
