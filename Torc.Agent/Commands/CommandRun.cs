using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Torc.Agent.Client;
using Torc.Shared.Contracts;

namespace Torc.Agent.Commands;

/// <summary>What all commands have in common: the data folder, how they answer programs, and how they end.</summary>
internal static class CommandRun
{
    private const string JsonName = "--json";

    public static Option<string?> DataOption() =>
        new("--data") { Description = $"The data folder. By default ${DataFolder.Variable}, else ~/.local/share/torc.", HelpName = "DIR" };

    public static Option<bool> JsonOption() => new(JsonName) { Description = "Prints one JSON document; errors too, to standard error." };

    public static Option<bool> JsonLinesOption() => new(JsonName) { Description = "Prints a JSON object on each line; errors too, to standard error." };

    public static Option<bool> QuietOption() => new("--quiet", "-q") { Description = "Prints the numbers of workflows and nothing else." };

    /// <summary>The data folder by the rule that the server follows too.</summary>
    public static DataFolder Data(string? option) => new(Path.GetFullPath(DataFolder.Choose(
        option,
        Environment.GetEnvironmentVariable(DataFolder.Variable),
        Environment.GetEnvironmentVariable("XDG_DATA_HOME"),
        Environment.GetEnvironmentVariable("HOME"))));

    public static void WriteJson<T>(T document, JsonTypeInfo<T> type) => Console.WriteLine(JsonSerializer.Serialize(document, type));

    /// <summary>Whether the answer is for a program, by the option that every command calls the same.</summary>
    public static bool IsJson(ParseResult parsed) =>
        parsed.CommandResult.Command.Options.OfType<Option<bool>>().FirstOrDefault(option => option.Name == JsonName) is { } json && parsed.GetValue(json);

    public static Task WriteProblemAsync(CommandProblem problem, bool asJson, string message) =>
        Console.Error.WriteLineAsync(asJson ? JsonSerializer.Serialize(problem, TorcJson.Default.CommandProblem) : message);

    /// <summary>Runs a command; what it cannot do goes to standard error in plain words, or as JSON if that is what was asked for.</summary>
    public static void SetTorcAction(this Command command, Func<ParseResult, CancellationToken, Task<ExitCode>> run) => command.SetAction(async (parsed, cancel) =>
    {
        try
        {
            return (int)await run(parsed, cancel);
        }
        catch (CommandException refused)
        {
            await WriteProblemAsync(refused.Problem, IsJson(parsed), refused.Message);
            return (int)refused.ExitCode;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return (int)ExitCode.Interrupted;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            await WriteProblemAsync(new CommandProblem(failure.Message, (int)ExitCode.Internal), IsJson(parsed), failure.Message);
            return (int)ExitCode.Internal;
        }
    });
}
