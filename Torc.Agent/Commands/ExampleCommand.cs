using System.CommandLine;
using Torc.Agent.Client;
using Torc.Shared.Contracts;

namespace Torc.Agent.Commands;

/// <summary><c>torc example</c>: the workflows that come with Torc.</summary>
internal static class ExampleCommand
{
    public static Command Create()
    {
        var name = new Argument<string?>("NAME") { Description = "The example to write into a folder of its name, which is made here.", Arity = ArgumentArity.ZeroOrOne };
        name.CompletionSources.Add(_ => Example.Names);
        var json = CommandRun.JsonOption();
        var command = new Command("example", "Lists the workflows that come with Torc, or writes one into a folder here. What is there already stays as it is.") { name, json };
        var table = TableOptions.AddTo(command);
        command.SetTorcAction(async (parsed, cancel) =>
        {
            if (parsed.GetValue(name) is not { } chosen)
            {
                var all = await Example.ListAsync(cancel);
                if (parsed.GetValue(json))
                {
                    CommandRun.WriteJson(all, TorcJson.Default.IReadOnlyListExampleView);
                }
                else
                {
                    table.Write(parsed, [["NAME", "WHAT"], .. all.Select(example => new[] { example.Name, example.Description })]);
                }

                return ExitCode.Ok;
            }

            string spec = Path.GetRelativePath(Environment.CurrentDirectory, (await Example.UnpackAsync(chosen, cancel)).FullName);
            if (parsed.GetValue(json))
            {
                CommandRun.WriteJson((await Example.ListAsync(cancel)).Single(example => example.Name == chosen) with { Spec = spec }, TorcJson.Default.ExampleView);
            }
            else
            {
                Console.WriteLine($"{spec}\nTo run it: torc up {spec}");
            }

            return ExitCode.Ok;
        });
        return command;
    }
}
