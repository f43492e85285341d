using System.CommandLine;
using Torc.Agent.Client;

namespace Torc.Agent.Commands;

/// <summary>Asks before something is done that cannot be undone.</summary>
internal static class Confirmation
{
    public static Option<bool> Option() => new("--yes", "-y") { Description = "Do not ask." };

    /// <exception cref="CommandException">The answer was no, or there is nobody to ask.</exception>
    public static void Require(bool isGiven, string question)
    {
        if (isGiven)
        {
            return;
        }

        if (Console.IsInputRedirected)
        {
            throw new CommandException(ExitCode.Usage, $"{question} There is nobody to ask here: add --yes.");
        }

        Console.Error.Write($"{question} [y/N] ");
        if (Console.ReadLine()?.Trim() is not ("y" or "Y" or "yes"))
        {
            throw new CommandException(ExitCode.Interrupted, "Nothing was done.");
        }
    }
}
