using System.Globalization;

namespace Torc.Shared.Placement;

/// <summary>Numbers of things, in words.</summary>
internal static class Words
{
    /// <summary>Such as <c>1 CPU</c> and <c>2 CPUs</c>.</summary>
    public static string Count(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");
}
