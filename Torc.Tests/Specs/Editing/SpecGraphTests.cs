using Torc.Shared.Specs.Editing;
using Torc.Tests.Support;
using Xunit;

namespace Torc.Tests.Specs.Editing;

public sealed class SpecGraphTests
{
    [Fact]
    public void A_canvas_shows_jobs_files_and_data_and_where_an_edge_comes_from()
    {
        var graph = SpecGraph.Of(Scene.Yaml(Diamonds.Yaml));

        Assert.Equal(["preprocess 5", "work1 9", "work2 16", "postprocess 24"], graph.Nodes.Where(node => node.Thing.Kind == SpecThingKind.Job).Select(node => $"{node.Thing} {node.Line}"));
        Assert.Equal(11, graph.Nodes.Count);
        Assert.Contains("f1 → work1 List", Edges(graph));
        Assert.Contains("f2 → work2 Command", Edges(graph));
        Assert.Contains("postprocess → results List", Edges(graph));
        Assert.Equal(11, graph.Edges.Count);
    }

    [Fact]
    public void It_says_why_a_job_waits_for_another()
    {
        var graph = SpecGraph.Of(Scene.Json5(Diamonds.Json5));

        Assert.Equal(
            [
                "work1 waits for preprocess because it needs f1, which preprocess produces.", "work2 waits for preprocess because it needs f2, which preprocess produces.",
                "postprocess waits for work1 because it needs f3, which work1 produces.", "postprocess waits for work2 because it needs f4, which work2 produces.",
            ],
            graph.Waits.Select(wait => wait.Words));
    }

    [Fact]
    public void A_sweep_is_one_node_and_a_regular_expression_one_edge()
    {
        var graph = SpecGraph.Of(Scene.Yaml(File.ReadAllText(Repository.PathTo("samples", "sweep", "sweep.yaml"))));

        Assert.Equal(12, graph.Nodes[0].Copies);
        Assert.Contains("result_{rate}_{seed:02d} → gather Otherwise", Edges(graph));
        Assert.Contains("run_{rate}_{seed:02d} → result_{rate}_{seed:02d} Command", Edges(graph));
        Assert.Equal(["gather waits for run_{rate}_{seed:02d} because it needs result_{rate}_{seed:02d}, which run_{rate}_{seed:02d} produces."], graph.Waits.Select(wait => wait.Words));
    }

    [Fact]
    public void A_text_with_mistakes_still_has_its_nodes()
    {
        var graph = SpecGraph.Of(Scene.Yaml(Diamonds.Yaml.Replace("command: sh work.sh\n", "comand: sh work.sh\n", StringComparison.Ordinal)));

        Assert.Equal(11, graph.Nodes.Count);
        Assert.Contains("f1 → work1 List", Edges(graph));
        Assert.Empty(SpecGraph.Of(Scene.Json("{")).Nodes);
    }

    private static IEnumerable<string> Edges(SpecGraph graph) => graph.Edges.Select(edge => $"{edge.From} → {edge.To} {edge.Origin}");
}
