using System.CommandLine;
using Torc.Agent.Client;

namespace Torc.Agent.Commands;

/// <summary><c>torc complete</c>: what shells ask while somebody types; not meant for people.</summary>
internal static class CompleteCommand
{
    public static Command Create()
    {
        var words = new Argument<string[]>("WORDS") { Description = "What is typed so far, without torc; the last is the word that is completed.", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("complete", "Prints how the last word may go on.") { words };
        command.Hidden = true;
        command.SetTorcAction(async (parsed, cancel) =>
        {
            foreach (string word in await new Completion(TorcCommands.Create()).OfAsync(parsed.GetValue(words) ?? [], cancel))
            {
                Console.WriteLine(word);
            }

            return ExitCode.Ok;
        });
        return command;
    }
}
