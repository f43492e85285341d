namespace Torc.Web.Security;

/// <summary>Keeps redirects on this server.</summary>
internal static class LocalPath
{
    private const int Longest = 2_000;

    /// <summary>
    /// The path if every browser reads it as one of this server, else the front page. Browsers take <c>//host</c> and
    /// <c>/\host</c> for another host, drop tabs and line ends before they look, and turn <c>\</c> into <c>/</c>.
    /// </summary>
    public static string OrFront(string? path) =>
        path is ['/', ..] and not ['/', '/', ..] && path.Length <= Longest && path.All(c => c is > ' ' and <= '~' and not '\\') ? path : "/";
}
