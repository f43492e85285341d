using System.Globalization;

namespace Torc.Shared.Placement;

/// <summary>Says in a sentence why a job is not running, from the same data by which jobs are placed.</summary>
public static class WaitReason
{
    private const int MaxNames = 3;

    /// <summary>About a job that waits for other jobs.</summary>
    /// <param name="blockers">The names of those that have not ended; at least one.</param>
    public static string ForBlockers(IReadOnlyCollection<string> blockers)
    {
        string names = string.Join(", ", blockers.Take(MaxNames));
        return blockers.Count > MaxNames ? $"Waits for {names} and {blockers.Count - MaxNames} more." : $"Waits for {names}.";
    }

    /// <summary>About a job that waits for room.</summary>
    public static string ForRoom(ResourceRequirements needs, IReadOnlyCollection<NodeRoom> nodes)
    {
        if (nodes.Count == 0)
        {
            return "Ready, but no node is connected.";
        }

        if (needs.Nodes > 1)
        {
            return $"Needs {needs.Nodes} nodes at once; this version of Torc places a job on one node.";
        }

        if (!nodes.Any(node => node.Capacity.Fits(needs)))
        {
            return TooSmall(needs, nodes);
        }

        var node = nodes.First(node => node.Capacity.Fits(needs));
        return (needs.Cpus > node.Free.Cpus, needs.Memory > node.Free.Memory, needs.Gpus > node.Free.Gpus) switch
        {
            (true, _, _) => $"Waits for {Count(needs.Cpus, "free CPU")} on {node.Name} ({Math.Max(0, node.Free.Cpus)} of {node.Capacity.Cpus} free).",
            (_, true, _) => $"Waits for {needs.Memory} of free memory on {node.Name} ({node.Free.Memory} of {node.Capacity.Memory} free).",
            (_, _, true) => $"Waits for {Count(needs.Gpus, "free GPU")} on {node.Name} ({Math.Max(0, node.Free.Gpus)} of {node.Capacity.Gpus} free).",
            _ => $"Is about to start on {node.Name}.",
        };
    }

    private static string TooSmall(ResourceRequirements needs, IReadOnlyCollection<NodeRoom> nodes)
    {
        string seen = $"({Count(nodes.Count, "node")} checked)";
        if (nodes.All(node => node.Capacity.Gpus < needs.Gpus))
        {
            return $"Needs {Count(needs.Gpus, "GPU")}; no connected node has {(needs.Gpus == 1 ? "one" : "so many")} {seen}.";
        }

        if (nodes.All(node => node.Capacity.Memory < needs.Memory))
        {
            return $"Needs {needs.Memory}; the largest connected node has {nodes.Max(node => node.Capacity.Memory)} {seen}.";
        }

        if (nodes.All(node => node.Capacity.Cpus < needs.Cpus))
        {
            return $"Needs {Count(needs.Cpus, "CPU")}; the largest connected node has {nodes.Max(node => node.Capacity.Cpus)} {seen}.";
        }

        return $"No connected node has all that it needs at once {seen}.";
    }

    private static string Count(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");
}
