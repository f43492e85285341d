namespace Torc.Shared.Contracts;

/// <summary>Where a server and its agents keep what they must not lose, and the names of the files there.</summary>
public static class DataFolder
{
    /// <summary>Where the running server listens: a <see cref="Contracts.ServerFile"/> as JSON.</summary>
    public const string ServerFile = "server.json";

    /// <summary>The secret that the server asks of agents and programs, as one line of text.</summary>
    public const string TokenFile = "token";

    /// <summary>The variable that holds the secret; it goes before the file.</summary>
    public const string TokenVariable = "TORC_TOKEN";

    /// <summary>The variable that names the folder; the command line goes before it.</summary>
    public const string Variable = "TORC_DATA";

    /// <summary>Holds one spool folder for each machine, as several may share a home.</summary>
    public const string AgentsFolder = "agents";

    /// <summary>The first that is given: the option, <c>TORC_DATA</c>, <c>$XDG_DATA_HOME/torc</c>, <c>~/.local/share/torc</c>.</summary>
    /// <param name="xdgDataHome">Counts only if it is absolute, as its standard asks.</param>
    /// <exception cref="ArgumentException">Nothing is given, not even a home.</exception>
    public static string Locate(string? option, string? torcData, string? xdgDataHome, string? home)
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
            return Path.Combine(xdgDataHome, "torc");
        }

        return string.IsNullOrWhiteSpace(home)
            ? throw new ArgumentException($"there is no home folder: name a data folder with --data or {Variable}", nameof(home))
            : Path.Combine(home, ".local", "share", "torc");
    }

    /// <summary>Where the agent of one machine keeps its spool, unless it was told another folder.</summary>
    public static string SpoolOf(string dataFolder, string hostName) => Path.Combine(dataFolder, AgentsFolder, hostName);
}
