namespace Torc.Shared.Contracts;

/// <summary>
/// Where a server, its agents and the command line keep what they must not forget, and under which names. All of them
/// follow the same rule, so that none has to be told.
/// </summary>
/// <param name="Path">Absolute.</param>
public sealed record DataFolder(string Path)
{
    /// <summary>The variable that names the folder; the command line goes before it.</summary>
    public const string Variable = "TORC_DATA";

    /// <summary>The variable that holds the token; it goes before the file.</summary>
    public const string TokenVariable = "TORC_TOKEN";

    /// <summary>The file in an agent's spool that says what it calls itself.</summary>
    public const string AgentIdFile = "agent-id";

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

    /// <summary>What the server keeps of the logs of ended attempts.</summary>
    public string Logs => In("logs");

    /// <summary>Where workflows run that were not given a working directory: a folder for each, by its time.</summary>
    public string Work => In("work");

    /// <summary>Where the agent of one machine keeps its spool; several machines may share a home.</summary>
    public string Spool(string hostName) => System.IO.Path.Combine(Path, "agents", hostName);

    /// <summary>The first that is set: the option, <c>TORC_DATA</c>, <c>$XDG_DATA_HOME/torc</c>, <c>~/.local/share/torc</c>.</summary>
    /// <param name="xdgDataHome">Ignored when relative, as the XDG base directory specification asks.</param>
    /// <exception cref="ArgumentException">Nothing is given, not even a home.</exception>
    public static string Choose(string? option, string? torcData, string? xdgDataHome, string? home)
    {
        if (!string.IsNullOrWhiteSpace(option))
        {
            return option;
        }

        if (!string.IsNullOrWhiteSpace(torcData))
        {
            return torcData;
        }

        if (xdgDataHome is ['/', ..])
        {
            return System.IO.Path.Combine(xdgDataHome, "torc");
        }

        return string.IsNullOrWhiteSpace(home)
            ? throw new ArgumentException($"there is no home folder: name a data folder with --data or {Variable}", nameof(home))
            : System.IO.Path.Combine(home, ".local", "share", "torc");
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
