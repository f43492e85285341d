using System.CommandLine;
using Torc.Agent.Commands;

var root = new RootCommand("Runs workflows of commands on compute nodes.")
{
    AgentCommand.Create(),
    KeeperCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
