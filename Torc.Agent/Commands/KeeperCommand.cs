using System.CommandLine;
using Microsoft.Extensions.Logging;
using Torc.Agent.Node;
using Torc.Agent.Running;

namespace Torc.Agent.Commands;

/// <summary><c>torc keeper</c>: started by an agent, and not meant for people.</summary>
internal static class KeeperCommand
{
    public const string Name = "keeper";

    public static Command Create()
    {
        var spool = new Option<string>("--spool") { Description = "The spool folder of the agent.", Required = true };
        var noGroups = new Option<bool>("--no-groups") { Description = "Hold jobs to their memory by measuring it, even where the kernel would." };
        var command = new Command(Name, "Starts and watches the jobs of one agent, and outlives it.") { spool, noGroups };
        command.Hidden = true;
        command.SetAction(async (parsed, cancel) =>
        {
            using var loggers = CommandLogging.Create();
            var host = new KeeperHost(Spool.Open(parsed.GetRequiredValue(spool)), !parsed.GetValue(noGroups), MachineClock.Instance, loggers, loggers.CreateLogger<KeeperHost>());
            return await host.RunAsync(cancel);
        });
        return command;
    }
}
