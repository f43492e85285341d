using System.Globalization;

namespace Torc.Web.Shell;

/// <summary>Writes instants for the browser, which shows them in its own zone, and for readers without scripts, in UTC.</summary>
public static class InstantText
{
    public static string ForBrowser(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static string ForPeople(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
