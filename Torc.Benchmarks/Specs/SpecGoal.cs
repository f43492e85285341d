using System.Globalization;

namespace Torc.Benchmarks.Specs;

/// <summary>What a row must not exceed.</summary>
/// <param name="Mebibytes">Of the process after one reading; null for any.</param>
internal sealed record SpecGoal(double Milliseconds, int? Mebibytes = null)
{
    // On a machine that does nothing else, the first time takes at most what all threads together need.
    public bool IsMetBy(Measurement measured) =>
        Math.Min(measured.ColdMilliseconds, measured.ColdProcessorMilliseconds) <= Milliseconds && measured.ProcessorMilliseconds <= Milliseconds && (Mebibytes is null || measured.PeakMebibytes <= Mebibytes);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Milliseconds:N0} ms{(Mebibytes is { } most ? $", {most} MiB" : "")}");
}
