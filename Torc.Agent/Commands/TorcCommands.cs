using System.CommandLine;
using System.CommandLine.Help;
using Torc.Agent.Client;

namespace Torc.Agent.Commands;

/// <summary>The whole command line.</summary>
internal static class TorcCommands
{
    public static RootCommand Create()
    {
        var root = new RootCommand("Torc runs workflows of commands on compute nodes.")
        {
            UpCommand.Create(),
            DownCommand.Create(),
            CreateCommand.Create(),
            RunCommand.Create(),
            ListCommand.Create(),
            ShowCommand.Create(),
            WatchCommand.Create(),
            WaitCommand.Create(),
            StopCommand.Create(),
            TurnCommand.Create(on: false),
            TurnCommand.Create(on: true),
            ArchiveCommand.Create(archived: true),
            ArchiveCommand.Create(archived: false),
            DeleteCommand.Create(),
            RerunCommand.Create(),
            RerunCommand.CreatePlan(),
            RunsCommand.Create(),
            TopCommand.Create(),
            ResourcesCommand.Create(),
            WhyCommand.Create(),
            LogsCommand.Create(),
            SpecCommand.Create(),
            CheckCommand.Create(),
            ConvertCommand.Create(),
            SchemaCommand.Create(),
            ExportCommand.Create(),
            ImportCommand.Create(),
            ExampleCommand.Create(),
            OpenCommand.Create(),
            NodesCommand.Create(),
            DataCommand.Create(),
            EventCommand.Create(),
            ServerCommand.Create(),
            AgentCommand.Create(),
            KeeperCommand.Create(),
            DoctorCommand.Create(),
            LoginCommand.Create(),
            TokenCommand.Create(),
            ConfigCommand.Create(),
            CompletionCommand.Create(),
            CompleteCommand.Create(),
        };
        root.Add(Color.Option);
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new ExampleHelp((HelpAction)help.Action!);
        return root;
    }
}
