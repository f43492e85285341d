using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Torc.Agent.Commands;

/// <summary>Begins the help of a command with an example: most people need nothing else.</summary>
internal sealed class ExampleHelp(HelpAction help) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => help.ClearsParseErrors;

    public override int Invoke(ParseResult parseResult)
    {
        if (CommandExamples.Find(parseResult.CommandResult.Command) is { } example)
        {
            parseResult.InvocationConfiguration.Output.WriteLine($"Example:\n  {example}\n");
        }

        return help.Invoke(parseResult);
    }
}
