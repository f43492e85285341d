using System.Text.Json;

namespace Torc.Benchmarks.Specs;

/// <summary>What one process found out about one spec.</summary>
/// <param name="ColdMilliseconds">The first time, with everything that the runtime compiles then.</param>
/// <param name="ColdProcessorMilliseconds">Of all threads, the compiler's and the collector's too.</param>
/// <param name="MedianMilliseconds">Of five more times after one to warm up.</param>
/// <param name="ProcessorMilliseconds">The least of those five. Other programs on the machine change it little.</param>
/// <param name="PeakMebibytes">The largest resident size up to the end of the first time.</param>
/// <param name="Jobs">0 if the spec was refused.</param>
/// <param name="Problem">The first error; null if there is none.</param>
internal sealed record Measurement(
    double ColdMilliseconds, double ColdProcessorMilliseconds, double MedianMilliseconds, double ProcessorMilliseconds, long PeakMebibytes, long AllocatedMebibytes, int Jobs, long Edges, string? Problem)
{
    public string ToJson() => JsonSerializer.Serialize(this);

    /// <exception cref="JsonException">The process wrote something else.</exception>
    public static Measurement FromJson(string json) => JsonSerializer.Deserialize<Measurement>(json) ?? throw new JsonException("the process wrote no measurement");
}
