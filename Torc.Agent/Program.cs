using System.CommandLine;
using Torc.Agent.Client;
using Torc.Agent.Commands;

var root = TorcCommands.Create();

// `torc help ls` is `torc ls --help`, and torc alone shows what there is.
string[] words = args switch
{
    [] => ["--help"],
    ["help", .. var rest] => [.. rest, "--help"],
    _ => args,
};
var parsed = root.Parse(words);
if ((parsed.Errors.Count > 0 && parsed.Action is not ExampleHelp) || UsageErrors.Unknown(parsed).Any())
{
    await UsageErrors.WriteAsync(parsed);
    return (int)ExitCode.Usage;
}

// A keeper that is told to stop takes as long as its jobs' grace, and must not be cut off; others are given 2 s.
var configuration = new InvocationConfiguration();
if (parsed.CommandResult.Command.Name == KeeperCommand.Name)
{
    configuration.ProcessTerminationTimeout = Timeout.InfiniteTimeSpan;
}

return await parsed.InvokeAsync(configuration);
