using System.CommandLine;
using Torc.Agent.Commands;

var root = new RootCommand("Torc runs workflows of commands on compute nodes.")
{
    UpCommand.Create(),
    DownCommand.Create(),
    ServerCommand.Create(),
    AgentCommand.Create(),
    KeeperCommand.Create(),
    DataCommand.Create(),
    EventCommand.Create(),
    LoginCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
