using Torc.Shared.Graphs;
using Torc.Shared.Workflows;

namespace Torc.Shared.Specs;

/// <summary>A workflow in numbers, for whoever is about to create it. What Torc adds for actions is not counted.</summary>
/// <param name="ExplicitEdges">Dependencies that the user wrote.</param>
/// <param name="ImplicitEdges">Dependencies that only files or user data give.</param>
/// <param name="Depth">The number of levels.</param>
/// <param name="Roots">Jobs that nothing blocks.</param>
public sealed record SpecCounts(int Jobs, int Files, int UserData, int ExplicitEdges, int ImplicitEdges, int Depth, int Roots)
{
    /// <param name="graph">Of the user's jobs.</param>
    internal static SpecCounts Of(WorkflowDefinition workflow, WorkflowGraph graph, int explicitEdges)
    {
        int edges = 0;
        int roots = 0;
        for (int job = 0; job < graph.JobCount; job++)
        {
            int blockers = graph.BlockersOf(job).Length;
            edges += blockers;
            roots += blockers == 0 ? 1 : 0;
        }

        int depth = graph.JobCount == 0 ? 0 : graph.Level.Max() + 1;
        return new SpecCounts(graph.JobCount, workflow.Files.Count, workflow.UserData.Count, explicitEdges, edges - explicitEdges, depth, roots);
    }
}
