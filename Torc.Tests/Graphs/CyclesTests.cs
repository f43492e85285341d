using CsCheck;
using Torc.Shared.Graphs;
using Xunit;

namespace Torc.Tests.Graphs;

public sealed class CyclesTests
{
    private const int Nodes = 7;

    private static readonly Gen<(int, int)[]> Graphs = Gen.Select(Gen.Int[0, Nodes - 1], Gen.Int[0, Nodes - 1]).Array[0, 14];

    [Fact]
    public void The_shortest_of_two_circles_is_found_from_its_smallest_node() =>
        Assert.Equal([2, 5], Cycles.FindShortest(6, [(0, 1), (1, 3), (3, 0), (5, 2), (2, 5)]));

    [Fact]
    public void A_node_that_follows_itself_is_the_shortest_circle_of_all() => Assert.Equal([1], Cycles.FindShortest(3, [(0, 2), (2, 0), (1, 1)]));

    [Fact]
    public void A_long_chain_is_no_circle_and_takes_no_stack() =>
        Assert.Empty(Cycles.FindShortest(200_000, [.. Enumerable.Range(0, 199_999).Select(node => (node, node + 1))]));

    [Fact]
    public void A_circle_of_many_nodes_is_found_whole() =>
        Assert.Equal(Enumerable.Range(0, 100_000), Cycles.FindShortest(100_000, [.. Enumerable.Range(0, 100_000).Select(node => (node, (node + 1) % 100_000))]));

    [Fact]
    public void What_is_found_is_a_circle_as_short_as_trying_everything_finds() => Graphs.Sample(
        edges =>
        {
            var found = Cycles.FindShortest(Nodes, edges);

            Assert.Equal(ShortestLength(edges), found.Count);
            Assert.Equal(found.Count, found.Distinct().Count());
            Assert.True(found.Count == 0 || found[0] == found.Min());
            for (int step = 0; step < found.Count; step++)
            {
                Assert.Contains((found[step], found[(step + 1) % found.Count]), edges);
            }
        },
        iter: 2_000);

    // The least power of the adjacency matrix that leads some node to itself.
    private static int ShortestLength((int From, int To)[] edges)
    {
        var walks = edges.ToHashSet();
        for (int length = 1; length <= Nodes; length++)
        {
            if (walks.Any(walk => walk.From == walk.To))
            {
                return length;
            }

            walks = walks.SelectMany(walk => edges.Where(edge => edge.From == walk.To), (walk, edge) => (walk.From, edge.To)).ToHashSet();
        }

        return 0;
    }
}
