using CsCheck;
using Torc.Shared.Graphs;
using Xunit;

namespace Torc.Tests.Graphs;

public sealed class WorkflowGraphTests
{
    private const int Jobs = 8;

    private static readonly Gen<(int, int)[]> AnyEdges = Gen.Select(Gen.Int[0, Jobs - 1], Gen.Int[0, Jobs - 1]).Array[0, 20];

    [Fact]
    public void A_diamond_knows_who_waits_for_whom()
    {
        var graph = WorkflowGraph.TryBuild(4, [(0, 1), (0, 2), (1, 3), (2, 3), (2, 3)])!;

        Assert.Equal([1, 2], graph.DependentsOf(0).ToArray());
        Assert.Equal([1, 2], graph.BlockersOf(3).ToArray());
        Assert.Equal([0, 1, 1, 2], graph.Level);
        Assert.Equal([3, 2, 2, 1], graph.RemainingDepth);
        Assert.Equal([0, 1, 2, 3], graph.TopologicalOrder);
    }

    [Fact]
    public void Jobs_that_wait_for_each_other_make_no_graph()
    {
        Assert.Null(WorkflowGraph.TryBuild(2, [(0, 1), (1, 0)]));
        Assert.Null(WorkflowGraph.TryBuild(1, [(0, 0)]));
    }

    [Fact]
    public void A_workflow_without_jobs_is_a_graph() => Assert.Equal(0, WorkflowGraph.TryBuild(0, [])!.JobCount);

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 2)]
    public void An_edge_to_a_job_that_is_not_there_is_a_bug_of_the_caller(int blocker, int job) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => WorkflowGraph.TryBuild(2, [(blocker, job)]));

    [Fact]
    public void A_graph_is_built_exactly_if_there_is_no_circle() => AnyEdges.Sample(
        edges => Assert.Equal(Cycles.FindShortest(Jobs, edges).Count == 0, WorkflowGraph.TryBuild(Jobs, edges) is not null),
        iter: 2_000);

    [Fact]
    public void Order_levels_and_depths_agree_with_following_every_path() => AnyEdges.Sample(
        any =>
        {
            (int Blocker, int Job)[] edges = [.. any.Where(edge => edge.Item1 != edge.Item2).Select(edge => Shuffled(Math.Min(edge.Item1, edge.Item2), Math.Max(edge.Item1, edge.Item2)))];

            var graph = WorkflowGraph.TryBuild(Jobs, edges)!;

            for (int job = 0; job < Jobs; job++)
            {
                Assert.Equal(LongestPath(job, job => edges.Where(edge => edge.Job == job).Select(edge => edge.Blocker)) - 1, graph.Level[job]);
                Assert.Equal(LongestPath(job, job => edges.Where(edge => edge.Blocker == job).Select(edge => edge.Job)), graph.RemainingDepth[job]);
                Assert.Equal(edges.Where(edge => edge.Job == job).Select(edge => edge.Blocker).Distinct().Order(), graph.BlockersOf(job).ToArray());
                Assert.Equal(edges.Where(edge => edge.Blocker == job).Select(edge => edge.Job).Distinct().Order(), graph.DependentsOf(job).ToArray());
            }

            Assert.Equal(FirstOrder(edges), graph.TopologicalOrder);
        },
        iter: 1_000);

    // Edges from smaller to greater numbers have no circle; renaming the jobs keeps it so, and mixes their order in the spec.
    private static (int, int) Shuffled(int blocker, int job) => (blocker * 3 % Jobs, job * 3 % Jobs);

    private static int LongestPath(int from, Func<int, IEnumerable<int>> next) => 1 + next(from).Select(job => LongestPath(job, next)).DefaultIfEmpty(0).Max();

    // Again and again the first job of the spec that waits for nothing that is left.
    private static List<int> FirstOrder((int Blocker, int Job)[] edges)
    {
        var left = Enumerable.Range(0, Jobs).ToList();
        var order = new List<int>();
        while (left.Count > 0)
        {
            int first = left.First(job => !edges.Any(edge => edge.Job == job && left.Contains(edge.Blocker)));
            left.Remove(first);
            order.Add(first);
        }

        return order;
    }
}
