using System.CommandLine;
using Torc.Agent.Client;
using Torc.Agent.Commands;

var root = new RootCommand("Torc runs workflows of commands on compute nodes.")
{
    UpCommand.Create(),
    DownCommand.Create(),
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
int exitCode = await parsed.InvokeAsync();
return parsed.Errors.Count > 0 ? (int)ExitCode.Usage : exitCode;
