using System.CommandLine;
using Torc.Agent.Client;
using Torc.Shared.Contracts;
using Torc.Shared.Specs.Documents;

namespace Torc.Agent.Commands;

/// <summary>Says what is wrong with a command line, and what may have been meant.</summary>
internal static class UsageErrors
{
    public static Task WriteAsync(ParseResult parsed)
    {
        string message = Message(parsed);
        bool asJson = parsed.Tokens.Any(token => token.Value == "--json");
        return CommandRun.WriteProblemAsync(new CommandProblem(message, (int)ExitCode.Usage), asJson, $"{message}\nHelp: {CommandExamples.PathOf(parsed.CommandResult.Command)} --help");
    }

    public static string Message(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        string[] unmatched = [.. parsed.UnmatchedTokens];
        if (unmatched.Length == 0)
        {
            return string.Join('\n', parsed.Errors.Select(error => error.Message));
        }

        string word = unmatched[0];
        bool isOption = word.StartsWith('-');
        string what = isOption ? $"{CommandExamples.PathOf(command)} has no option {Shown.Words(word)}."
            : command.Subcommands.Count > 0 ? $"{CommandExamples.PathOf(command)} has no command \"{Shown.Words(word)}\"."
            : $"{CommandExamples.PathOf(command)} takes no \"{Shown.Words(word)}\".";
        var known = isOption ? Options(command).SelectMany(option => (string[])[option.Name, .. option.Aliases]) : command.Subcommands.Where(sub => !sub.Hidden).Select(sub => sub.Name);
        return new Suggestions().Help(word, known) is { } help ? $"{what} {char.ToUpperInvariant(help[0])}{help[1..]}" : what;
    }

    /// <summary>Those of a command and those that all commands have.</summary>
    public static IEnumerable<Option> Options(Command command) =>
        command.Options.Concat(command.Parents.OfType<Command>().SelectMany(Options).Where(option => option.Recursive)).Where(option => !option.Hidden);
}
