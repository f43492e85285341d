using System.CommandLine;
using Torc.Agent.Client;
using Torc.Shared.Specs.Notations;

namespace Torc.Agent.Commands;

/// <summary><c>torc convert</c>: the same spec in another notation.</summary>
internal static class ConvertCommand
{
    public static Command Create()
    {
        var file = LocalSpec.FileArgument("The spec: JSON, JSON5, YAML, KDL, or a .txt file with a command in each line; - reads standard input.");
        var to = ToOption();
        var output = OutputOption();
        var command = new Command("convert", "Writes a spec as JSON or YAML. Parameters stay parameters; comments are not kept.") { file, to, output };
        command.SetTorcAction(async (parsed, cancel) =>
        {
            var spec = await LocalSpec.ReadAsync(parsed.GetRequiredValue(file), cancel);
            var reading = spec.Read();
            if (reading.Write(parsed.GetRequiredValue(to)) is not { } text)
            {
                await Console.Error.WriteLineAsync(spec.Render(reading.Problems));
                throw new CommandException(ExitCode.Invalid, "Nothing was written.");
            }

            await WriteAsync(text, parsed.GetValue(output), cancel);
            return ExitCode.Ok;
        });
        return command;
    }

    public static Option<SpecNotation> ToOption()
    {
        var option = new Option<SpecNotation>("--to")
        {
            Description = "The notation: json or yaml.",
            HelpName = "NOTATION",
            Required = true,
            CustomParser = parsed =>
            {
                switch (parsed.Tokens[0].Value)
                {
                    case "json":
                        return SpecNotation.Json;
                    case "yaml":
                        return SpecNotation.Yaml;
                    case var other:
                        parsed.AddError($"\"{Shown.Words(other)}\" is not a notation that specs are written in. Use json or yaml.");
                        return default;
                }
            },
        };
        return option;
    }

    public static Option<string?> OutputOption() => new("--output", "-o") { Description = "The file to write, which is replaced. By default standard output.", HelpName = "FILE" };

    public static async Task WriteAsync(string text, string? output, CancellationToken cancel)
    {
        if (output is null)
        {
            Console.Write(text);
        }
        else
        {
            await File.WriteAllTextAsync(output, text, cancel);
        }
    }
}
