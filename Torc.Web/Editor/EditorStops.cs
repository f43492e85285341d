using System.Globalization;
using Torc.Shared.Quantities;

namespace Torc.Web.Editor;

/// <summary>Where the slider of a resource stops: amounts that people ask for.</summary>
internal static class EditorStops
{
    private const int DurationDays = 7;

    private static readonly string[] Few = ["0", "1", "2", "3", "4", "6", "8"];
    private static readonly string[] Many = ["1", "2", "3", "4", "6", "8", "12", "16", "18", "24", "32", "48", "64", "96", "128"];
    private static readonly string[] Memories = ["128m", "256m", "512m", "1g", "2g", "4g", "8g", "16g", "32g", "64g", "128g", "256g", "512g", "1t"];
    private static readonly TimeSpan[] Runtimes = [.. new[] { 1, 2, 5, 10, 20, 30, 60, 120, 240, 480, 720, 1440, 2880, DurationDays * 1440 }.Select(minutes => TimeSpan.FromMinutes(minutes))];

    /// <summary>The stops of a resource, from little to much.</summary>
    /// <param name="field">As the schema names it, such as <c>memory</c>.</param>
    /// <param name="value">As the text has it: a runtime is proposed in its notation.</param>
    /// <returns>Empty if it has no slider.</returns>
    public static IReadOnlyList<string> Of(string field, string? value) => field switch
    {
        "num_cpus" or "num_nodes" => Many,
        "num_gpus" => Few,
        "memory" => Memories,
        "runtime" => [.. Runtimes.Select(runtime => value is ['P', ..] ? DurationText.Write(runtime) : DurationText.Print(runtime).Replace(" ", "", StringComparison.Ordinal))],
        _ => [],
    };

    /// <summary>The stop that is next to a value, as their ratio tells.</summary>
    /// <returns>0 if the value says nothing.</returns>
    public static int Nearest(string field, IReadOnlyList<string> stops, string? value) =>
        value is not null && Amount(field, value) is { } amount
            ? Enumerable.Range(0, stops.Count).MinBy(stop => Math.Abs(Math.Log((1 + Amount(field, stops[stop])!.Value) / (1 + amount))))
            : 0;

    private static double? Amount(string field, string value) => field switch
    {
        "memory" => MemoryText.TryParse(value, out _)?.Bytes,
        "runtime" => DurationText.TryParse(value, out _)?.TotalSeconds,
        _ => double.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out double number) ? number : null,
    };
}
