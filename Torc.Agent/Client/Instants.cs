using System.Globalization;
using Torc.Shared.Quantities;

namespace Torc.Agent.Client;

/// <summary>Instants and durations in tables.</summary>
internal static class Instants
{
    public static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <returns>How long it took, or takes by now; empty if it has not begun.</returns>
    public static string Took(DateTimeOffset? from, DateTimeOffset? to) =>
        from is { } began ? Print((to ?? TimeProvider.System.GetUtcNow()) - began) : "";

    public static string Print(TimeSpan time) => DurationText.Print(TimeSpan.FromSeconds(Math.Round(time.TotalSeconds, 1)));
}
