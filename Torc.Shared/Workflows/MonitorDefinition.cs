namespace Torc.Shared.Workflows;

/// <summary>How the use of CPU and memory is recorded. Peaks and means are kept in any case.</summary>
/// <param name="SampleEvery">How often a point of the time series is kept, whole seconds; null keeps no series.</param>
public sealed record MonitorDefinition(TimeSpan? SampleEvery)
{
    /// <summary>Of a spec that says nothing: a point a second.</summary>
    public static MonitorDefinition Default { get; } = new(TimeSpan.FromSeconds(1));
}
