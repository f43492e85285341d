using System.CommandLine;
using Torc.Agent.Client;
using Torc.Agent.Commands;

var root = new RootCommand("Torc runs workflows of commands on compute nodes.")
{
    UpCommand.Create(),
    DownCommand.Create(),
    RerunCommand.Create(),
    RerunCommand.CreatePlan(),
    RunsCommand.Create(),
    SpecCommand.Create(),
    StopCommand.Create(),
    WhyCommand.Create(),
    LogsCommand.Create(),
    NodesCommand.Create(),
    CheckCommand.Create(),
    ConvertCommand.Create(),
    ExportCommand.Create(),
    SchemaCommand.Create(),
    ServerCommand.Create(),
    AgentCommand.Create(),
    KeeperCommand.Create(),
    DataCommand.Create(),
    DoctorCommand.Create(),
    EventCommand.Create(),
    LoginCommand.Create(),
};
var parsed = root.Parse(args);

// A keeper that is told to stop takes as long as its jobs' grace, and must not be cut off; others are given 2 s.
var configuration = new InvocationConfiguration();
if (parsed.CommandResult.Command.Name == KeeperCommand.Name)
{
    configuration.ProcessTerminationTimeout = Timeout.InfiniteTimeSpan;
}

int exitCode = await parsed.InvokeAsync(configuration);
return parsed.Errors.Count > 0 ? (int)ExitCode.Usage : exitCode;
