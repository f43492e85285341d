using System.CommandLine;
using Torc.Agent.Client;
using Torc.Shared.Contracts;

namespace Torc.Agent.Commands;

/// <summary>What all commands have in common: the data folder, and how they end.</summary>
internal static class CommandRun
{
    public static Option<string?> DataOption() =>
        new("--data") { Description = $"The data folder. By default ${DataFolder.Variable}, else ~/.local/share/torc.", HelpName = "DIR" };

    /// <summary>The data folder by the rule that the server follows too.</summary>
    public static DataFolder Data(string? option) => new(Path.GetFullPath(DataFolder.Choose(
        option,
        Environment.GetEnvironmentVariable(DataFolder.Variable),
        Environment.GetEnvironmentVariable("XDG_DATA_HOME"),
        Environment.GetEnvironmentVariable("HOME"))));

    /// <summary>Runs a command; what it cannot do goes to standard error in plain words.</summary>
    public static void SetTorcAction(this Command command, Func<ParseResult, CancellationToken, Task<ExitCode>> run) => command.SetAction(async (parsed, cancel) =>
    {
        try
        {
            return (int)await run(parsed, cancel);
        }
        catch (CommandException refused)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return (int)refused.ExitCode;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return (int)ExitCode.Interrupted;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return (int)ExitCode.Internal;
        }
    });
}
