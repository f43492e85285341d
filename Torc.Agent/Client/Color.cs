using System.CommandLine;
using System.CommandLine.Parsing;

namespace Torc.Agent.Client;

/// <summary>Whether words have colours. They only repeat what the word says.</summary>
internal static class Color
{
    private const string Auto = "auto";
    private const string Always = "always";
    private const string Never = "never";

    /// <summary>Of every command.</summary>
    public static Option<string> Option { get; } = new("--color")
    {
        Description = "When words have colours: auto (on a terminal, unless NO_COLOR is set), always, never.",
        HelpName = "WHEN",
        DefaultValueFactory = _ => Auto,
        Recursive = true,
        CustomParser = Read,
        CompletionSources = { Auto, Always, Never },
    };

    public static bool IsOn(ParseResult parsed) => parsed.GetValue(Option) switch
    {
        Always => true,
        Never => false,
        _ => !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null or "" && Environment.GetEnvironmentVariable("TERM") != "dumb",
    };

    /// <summary>Gives the word of a status its colour.</summary>
    public static string Status(string word)
    {
        string? code = word switch
        {
            "done" or "connected" => "32",
            "failed" or "stopped" or "cancelled" or "pending_failed" or "not heard" => "31",
            "running" or "starting" => "34",
            _ => null,
        };
        return code is null ? word : $"\e[{code}m{word}\e[0m";
    }

    private static string? Read(ArgumentResult result)
    {
        string word = result.Tokens[0].Value;
        if (word is Auto or Always or Never)
        {
            return word;
        }

        result.AddError($"--color is {Auto}, {Always} or {Never}, not \"{Shown.Words(word)}\".");
        return Auto;
    }
}
