using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
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
        if (Unknown(parsed).FirstOrDefault() is not { } word)
        {
            return string.Join('\n', parsed.Errors.Select(error => Words(error, command)));
        }

        bool isOption = IsOption(word);
        string what = isOption ? $"{CommandExamples.PathOf(command)} has no option {Shown.Words(word)}."
            : command.Subcommands.Count > 0 ? $"{CommandExamples.PathOf(command)} has no command \"{Shown.Words(word)}\"."
            : $"{CommandExamples.PathOf(command)} takes no \"{Shown.Words(word)}\".";
        var known = isOption ? Options(command).SelectMany(option => (string[])[option.Name, .. option.Aliases]) : command.Subcommands.Where(sub => !sub.Hidden).Select(sub => sub.Name);
        return new Suggestions().Help(word, known) is { } help ? $"{what} {char.ToUpperInvariant(help[0])}{help[1..]}" : what;
    }

    /// <summary>What no command has: also options that were taken for the name of a workflow or a file. Behind <c>--</c> anything is a name.</summary>
    public static IEnumerable<string> Unknown(ParseResult parsed)
    {
        var names = parsed.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash).ToHashSet();
        return parsed.UnmatchedTokens.Concat(parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Where(names.Contains).Select(token => token.Value).Where(IsOption));
    }

    // Not -5, which is a value.
    private static bool IsOption(string word) => word is ['-', '-', _, ..] || (word is ['-', var letter, ..] && char.IsAsciiLetter(letter));

    // The library speaks of types.
    private static string Words(ParseError error, Command command) => error.SymbolResult switch
    {
        ArgumentResult { Tokens: [] } missing => $"{CommandExamples.PathOf(command)} needs {missing.Argument.Name}. {missing.Argument.Description}",
        OptionResult { Tokens: [], IdentifierToken: not null } missing => $"{missing.Option.Name} needs a value. {missing.Option.Description}",
        ArgumentResult { Tokens: [.., var token] } read when !MayBe(read.Argument.ValueType, token.Value) => $"{read.Argument.Name} is a whole number, not \"{Shown.Words(token.Value)}\".",
        OptionResult { Tokens: [.., var token] } read when !MayBe(read.Option.ValueType, token.Value) => $"{read.Option.Name} is a whole number, not \"{Shown.Words(token.Value)}\".",
        _ => error.Message,
    };

    private static bool MayBe(Type type, string text) =>
        (type != typeof(int?) && type != typeof(int[]) && type != typeof(long)) || int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);

    /// <summary>Those of a command and those that all commands have.</summary>
    public static IEnumerable<Option> Options(Command command) =>
        command.Options.Concat(command.Parents.OfType<Command>().SelectMany(Options).Where(option => option.Recursive)).Where(option => !option.Hidden);
}
