using System.CommandLine;
using Torc.Agent.Client;
using Torc.Shared.Specs.Schema;

namespace Torc.Agent.Commands;

/// <summary><c>torc schema</c>: the language of specs, for editors and for people.</summary>
internal static class SchemaCommand
{
    public static Command Create()
    {
        var manual = new Option<bool>("--manual") { Description = "Prints the tables of the manual instead." };
        var command = new Command("schema", "Prints the JSON Schema of specs, for editors that check while one types.") { manual };
        command.SetTorcAction((parsed, _) =>
        {
            Console.Write(parsed.GetValue(manual) ? SpecManual.Text + "\n" : JsonSchema.Text);
            return Task.FromResult(ExitCode.Ok);
        });
        return command;
    }
}
