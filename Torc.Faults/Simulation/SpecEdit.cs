using Torc.Shared.Graphs;
using Torc.Shared.Workflows;

namespace Torc.Faults.Simulation;

/// <summary>What people do to a spec: they take a job out, put one in, let a job wait for others, or give it more CPUs or fewer.</summary>
internal static class SpecEdit
{
    /// <param name="cpus">No job is to need more.</param>
    /// <param name="name">Of the new job, if there is one.</param>
    public static WorkflowDefinition Of(WorkflowDefinition definition, Random random, int cpus, string name)
    {
        int chosen = random.Next(definition.Jobs.Count);
        var job = definition.Jobs[chosen];
        return random.Next(4) switch
        {
            0 when definition.Jobs.Count > 1 => Without(definition, chosen),
            1 => WithOtherBlockers(definition, chosen, random),
            2 => definition with { Jobs = [.. definition.Jobs.Select(other => other == job ? job with { Needs = job.Needs with { Cpus = random.Next(1, cpus + 1) } } : other)] },
            _ => With(definition, job with { Name = name }, random),
        };
    }

    private static WorkflowDefinition Without(WorkflowDefinition definition, int gone)
    {
        var edges = Edges(definition).Where(edge => edge.Blocker != gone && edge.Job != gone).Select(edge => (Shift(edge.Blocker), Shift(edge.Job)));
        return With(definition, [.. definition.Jobs.Where((_, position) => position != gone)], edges);

        int Shift(int position) => position > gone ? position - 1 : position;
    }

    // Any of those that come before it in one order of all, so that none waits for itself.
    private static WorkflowDefinition WithOtherBlockers(WorkflowDefinition definition, int job, Random random) => With(
        definition,
        definition.Jobs,
        [
            .. Edges(definition).Where(edge => edge.Job != job),
            .. definition.Graph.TopologicalOrder.TakeWhile(other => other != job).Where(_ => random.Next(3) == 0).Select(blocker => (blocker, job)),
        ]);

    // In front of the others, so that all of them move, and so that some of them wait for it.
    private static WorkflowDefinition With(WorkflowDefinition definition, JobDefinition added, Random random) => With(
        definition,
        [added, .. definition.Jobs],
        [
            .. Edges(definition).Select(edge => (edge.Blocker + 1, edge.Job + 1)),
            .. Enumerable.Range(1, definition.Jobs.Count).Where(_ => random.Next(3) == 0).Select(job => (0, job)),
        ]);

    private static WorkflowDefinition With(WorkflowDefinition definition, IReadOnlyList<JobDefinition> jobs, IEnumerable<(int Blocker, int Job)> edges) =>
        definition with { Jobs = jobs, Graph = WorkflowGraph.TryBuild(jobs.Count, edges)! };

    private static IEnumerable<(int Blocker, int Job)> Edges(WorkflowDefinition definition) =>
        Enumerable.Range(0, definition.Jobs.Count).SelectMany(job => definition.Graph.BlockersOf(job).ToArray().Select(blocker => (blocker, job)));
}
