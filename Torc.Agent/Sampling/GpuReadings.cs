using Torc.Shared.Quantities;

namespace Torc.Agent.Sampling;

/// <summary>The newest reading of each GPU.</summary>
/// <remarks>Not safe for several threads.</remarks>
internal sealed class GpuReadings
{
    /// <summary>A driver that has said nothing for longer may hang: nobody knows what its GPUs do.</summary>
    private static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, (GpuReading Reading, TimeSpan At)> _newest = [];

    /// <param name="at">By a clock that never jumps.</param>
    public void Add(GpuReading reading, TimeSpan at) => _newest[reading.Id] = (reading, at);

    /// <param name="names">By which programs find the GPUs; see <see cref="GpuReading.IsCalled"/>.</param>
    /// <returns>Nothing known if there are none.</returns>
    public GpuUse Of(IReadOnlyList<string> names, TimeSpan now)
    {
        if (names.Count == 0)
        {
            return default;
        }

        var (percent, memory) = ((double?)0, (MemorySize?)new MemorySize(0));
        foreach (string name in names)
        {
            var reading = _newest.Values.FirstOrDefault(newest => now - newest.At <= GoodFor && newest.Reading.IsCalled(name)).Reading;
            percent += reading?.Percent;
            memory = memory is { } sum && reading?.Memory is { } more ? sum + more : null;
        }

        return new GpuUse(percent, memory);
    }
}
