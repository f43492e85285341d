namespace Torc.Shared.Contracts;

/// <summary>
/// Where a server keeps everything it must not forget, and under which names. The server and the programs that look
/// for it follow the same rule, so that none of them has to be told.
/// </summary>
/// <param name="Path">Absolute.</param>
public sealed record DataFolder(string Path)
{
    public string Database => In("torc.db");

    /// <summary>The bearer token of the owner. Readable by the owner only.</summary>
    public string Token => In("token");

    /// <summary>The <see cref="Contracts.ServerFile"/> of the server that listens now; absent when none does.</summary>
    public string ServerFile => In("server.json");

    /// <summary>Held exclusively while a server lives. What it contains means nothing.</summary>
    public string ServerLock => In("server.lock");

    public string ServerLog => In("server.log");

    /// <summary>The keys that seal the cookies of browsers.</summary>
    public string Keys => In("keys");

    public string Agents => In("agents");

    public string Work => In("work");

    /// <summary>The first that is set: the option, <c>TORC_DATA</c>, <c>$XDG_DATA_HOME/torc</c>, <c>~/.local/share/torc</c>.</summary>
    /// <param name="xdgDataHome">Ignored when relative, as the XDG base directory specification asks.</param>
    public static string Choose(string? option, string? torcData, string? xdgDataHome, string home)
    {
        if (!string.IsNullOrEmpty(option))
        {
            return option;
        }

        if (!string.IsNullOrEmpty(torcData))
        {
            return torcData;
        }

        return xdgDataHome is ['/', ..]
            ? System.IO.Path.Combine(xdgDataHome, "torc")
            : System.IO.Path.Combine(home, ".local", "share", "torc");
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
