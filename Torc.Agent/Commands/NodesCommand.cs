using System.CommandLine;
using System.Globalization;
using Torc.Agent.Client;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Quantities;

namespace Torc.Agent.Commands;

/// <summary><c>torc nodes</c>: the machines that run jobs.</summary>
internal static class NodesCommand
{
    public static Command Create()
    {
        var data = CommandRun.DataOption();
        var json = CommandRun.JsonOption();
        var command = new Command("nodes", "Lists the compute nodes: what they offer, what of it is free, and whether they are heard.") { json, data };
        var table = TableOptions.AddTo(command);
        command.Add(Gone());
        command.SetTorcAction(async (parsed, cancel) =>
        {
            using var client = await new LocalServer(CommandRun.Data(parsed.GetValue(data))).RequireAsync(cancel);
            var nodes = await client.NodesAsync(cancel);
            if (parsed.GetValue(json))
            {
                CommandRun.WriteJson(nodes, TorcJson.Default.IReadOnlyListNodeView);
            }
            else
            {
                table.Write(parsed, Rows(nodes));
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static Command Gone()
    {
        var id = new Argument<long>("ID") { Description = "The node's number." };
        var yes = Confirmation.Option();
        var json = CommandRun.JsonOption();
        var data = CommandRun.DataOption();
        var command = new Command("gone", "Says that a node will not come back: the jobs that it held are lost. If it comes back all the same, it ends them.") { id, yes, json, data };
        command.SetTorcAction(async (parsed, cancel) =>
        {
            long node = parsed.GetRequiredValue(id);
            Confirmation.Require(parsed.GetValue(yes), $"Give up what node {node} holds?");
            using var client = await new LocalServer(CommandRun.Data(parsed.GetValue(data))).RequireAsync(cancel);
            var gone = await client.DeclareGoneAsync(new NodeId(node), cancel);
            if (parsed.GetValue(json))
            {
                CommandRun.WriteJson(gone, TorcJson.Default.NodeView);
            }
            else
            {
                Console.WriteLine($"Nothing waits for {gone.Name} any more.");
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static string[][] Rows(IReadOnlyList<NodeView> nodes) =>
    [
        ["ID", "NAME", "STATUS", "LAST HEARD", "FREE CPUS", "FREE MEMORY", "FREE GPUS", "JOBS", "FOR"],
        .. nodes.Select(node => new[]
        {
            node.Id.ToString(),
            node.Name,
            node.IsConnected ? "connected" : "not heard",
            Instants.Text(node.LastHeardAt),
            $"{node.Free.Cpus}/{node.Capacity.Cpus}",
            $"{node.Free.Memory} of {node.Capacity.Memory}",
            $"{node.Free.Gpus}/{node.Capacity.Gpus}",
            node.Capacity.MaxParallelJobs is { } most ? string.Create(CultureInfo.InvariantCulture, $"{node.Jobs} of {most}") : node.Jobs.ToString(CultureInfo.InvariantCulture),
            For(node),
        }),
    ];

    // Which jobs it takes, where that is not all: such as "bigmem, scheduler short, 2 h left".
    private static string For(NodeView node) => string.Join(
        ", ",
        [
            .. node.Capacity.Labels ?? [],
            .. node.Capacity.Scheduler is { } scheduler ? [$"scheduler {scheduler}"] : Array.Empty<string>(),
            .. node.Capacity.TimeLeft is { } left ? [$"{DurationText.Print(left)} left"] : Array.Empty<string>(),
        ]);
}
