using Torc.Shared.Quantities;

namespace Torc.Shared.Placement;

/// <summary>Says why a job fits on no node, even if that were idle.</summary>
internal static class Unfit
{
    /// <param name="nodes">At least one; the job fits on none.</param>
    public static string Why(ResourceRequirements needs, IReadOnlyList<NodeRoom> nodes)
    {
        string all = $"({Words.Count(nodes.Count, "node")} checked)";
        if (!nodes.Any(node => node.Capacity.HasLabelOf(needs)))
        {
            return $"Needs a node with label {needs.Label}; no connected node has it {all}.";
        }

        if (!nodes.Any(node => node.Capacity.IsOfSchedulerOf(needs)))
        {
            return $"Needs a node of scheduler {needs.Scheduler}; every connected node is part of another one's allocation {all}.";
        }

        List<NodeRoom> willing = [.. nodes.Where(node => node.Capacity.Accepts(needs))];
        string seen = willing.Count == nodes.Count ? all : $"({willing.Count} of {Words.Count(nodes.Count, "node")} checked: the others are not for it by label or scheduler)";
        return willing.Count == 0
            ? $"No connected node has label {needs.Label} and takes jobs of scheduler {needs.Scheduler} {all}."
            : OneThing(needs, willing, seen) ?? Together(needs, willing, seen);
    }

    // What not one of them has; where several things are missing, the scarcest.
    private static string? OneThing(ResourceRequirements needs, List<NodeRoom> nodes, string seen)
    {
        var byRoom = nodes.Where(node => node.Capacity.MaxParallelJobs is null).Select(node => node.Capacity).ToList();
        if (byRoom.Count == nodes.Count && byRoom.TrueForAll(node => node.Gpus < needs.Gpus))
        {
            int most = byRoom.Max(node => node.Gpus);
            return $"Needs {Words.Count(needs.Gpus, "GPU")}; {(most == 0 ? $"no connected node has {(needs.Gpus == 1 ? "one" : "any")}" : $"the connected node that has most has {most}")} {seen}.";
        }

        if (byRoom.Count == nodes.Count && byRoom.TrueForAll(node => node.Memory < needs.Memory))
        {
            var largest = nodes.MaxBy(node => node.Capacity.Memory)!;
            return $"Needs {needs.Memory}; the largest connected node, {largest.Name}, has {largest.Capacity.Memory} {seen}.";
        }

        if (byRoom.Count == nodes.Count && byRoom.TrueForAll(node => node.Cpus < needs.Cpus))
        {
            var largest = nodes.MaxBy(node => node.Capacity.Cpus)!;
            return $"Needs {Words.Count(needs.Cpus, "CPU")}; the largest connected node, {largest.Name}, has {largest.Capacity.Cpus} {seen}.";
        }

        if (!nodes.Any(node => node.Capacity.HasTimeFor(needs)))
        {
            var longest = nodes.MaxBy(node => node.Capacity.TimeLeft)!;
            return $"May run {DurationText.Print(needs.Runtime)}; the connected node that stays longest, {longest.Name}, has {Left(longest)} left {seen}.";
        }

        return null;
    }

    private static string Together(ResourceRequirements needs, List<NodeRoom> nodes, string seen)
    {
        var (node, lacks) = nodes.Select(node => (node, Lacks: Lacks(needs, node).ToList())).MinBy(choice => (choice.Lacks.Count, choice.node.Capacity.Gpus < needs.Gpus));
        return $"No connected node has all that it needs at once {seen}; the nearest, {node.Name}, has {string.Join(" and ", lacks)}.";
    }

    private static IEnumerable<string> Lacks(ResourceRequirements needs, NodeRoom node)
    {
        var has = node.Capacity;
        if (has.MaxParallelJobs is null && has.Gpus < needs.Gpus)
        {
            yield return $"{has.Gpus} of {Words.Count(needs.Gpus, "GPU")}";
        }

        if (has.MaxParallelJobs is null && has.Memory < needs.Memory)
        {
            yield return $"{has.Memory} of {needs.Memory}";
        }

        if (has.MaxParallelJobs is null && has.Cpus < needs.Cpus)
        {
            yield return $"{has.Cpus} of {Words.Count(needs.Cpus, "CPU")}";
        }

        if (!has.HasTimeFor(needs))
        {
            yield return $"{Left(node)} of {DurationText.Print(needs.Runtime)} left";
        }
    }

    private static string Left(NodeRoom node) => DurationText.Print(TimeSpan.FromSeconds(Math.Floor(node.Capacity.TimeLeft!.Value.TotalSeconds)));
}
