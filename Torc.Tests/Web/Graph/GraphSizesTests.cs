using Torc.Shared.Workflows;
using Torc.Tests.Specs;
using Torc.Tests.Support;
using Torc.Web.Graph;
using Xunit;

namespace Torc.Tests.Web.Graph;

/// <summary>What is drawn of workflows of many sizes, through the four lenses.</summary>
public sealed class GraphSizesTests
{
    private static readonly WorkflowDefinition Sweep = Reading.Definition(SweepOf(998));

    [Fact]
    public void A_thousand_jobs_are_three_nodes_and_what_lies_between()
    {
        var picture = Draw(Sweep, new GraphView());

        Assert.Equal(["Job prep", "Group sim ×998", "Job gather", "File params", "File out ×998", "File result"], Nodes(picture));
        Assert.Equal(["gather>result", "out>gather", "params>sim", "prep>params", "sim>out"], Edges(picture).Order(StringComparer.Ordinal));
        Assert.True(picture.IsWhole);
    }

    [Fact]
    public void Who_waits_for_whom_needs_no_files() => Assert.Equal(["prep>sim", "sim>gather"], Edges(Draw(Sweep, new GraphView(GraphLens.Jobs))));

    [Fact]
    public void Requirements_are_nodes_that_jobs_lead_to()
    {
        var picture = Draw(Sweep, new GraphView(GraphLens.Needs));

        Assert.Equal(["prep>small", "sim>large", "gather>small"], Edges(picture));
        Assert.Contains("large: 4 CPUs, 2 GiB, up to 1 h, asked for by 998 jobs", picture.Nodes.Select(node => node.Title));
    }

    [Fact]
    public void User_data_is_drawn_with_the_jobs_that_have_any_and_no_others()
    {
        var picture = Draw(Diamond.Definition, new GraphView(GraphLens.Data));

        Assert.Equal(["Job postprocess", "UserData summary"], Nodes(picture));
    }

    [Fact]
    public void A_small_group_is_opened_and_closed_and_the_address_wins()
    {
        var workflow = Reading.Definition(SweepOf(5));

        Assert.Equal(7, Draw(workflow, new GraphView()).Nodes.Count(node => node.Kind == GraphNodeKind.Job));
        Assert.Equal(["prep", "sim", "gather"], Units(Draw(workflow, new GraphView(Closed: ["sim"]))));
        Assert.Equal(["prep", "sim", "gather"], Units(Draw(workflow, new GraphView(Grouping: GraphGrouping.All))));
        Assert.Equal(7, Units(Draw(workflow, new GraphView(Grouping: GraphGrouping.All, Opened: ["sim"]))).Length);
    }

    [Fact]
    public void Around_a_job_are_as_many_steps_as_are_asked_for()
    {
        Assert.Equal(["prep", "sim_0457", "gather"], Units(Draw(Sweep, new GraphView(Focus: new GraphFocus("sim_0457", 1, 1)))));
        Assert.Equal(["prep", "sim_0457"], Units(Draw(Sweep, new GraphView(Focus: new GraphFocus("sim_0457", GraphFocus.All, 0)))));
    }

    [Fact]
    public void What_is_too_much_around_a_job_is_told_by_its_number()
    {
        var picture = Draw(Sweep, new GraphView(Focus: new GraphFocus("gather", 1, 0)));

        var more = Assert.Single(picture.Nodes, node => node.Kind == GraphNodeKind.More);
        int drawn = picture.Nodes.Count(node => node.Kind == GraphNodeKind.Job);
        Assert.Equal(999, drawn + more.Count);
        Assert.InRange(drawn, 80, 300);
        Assert.False(picture.IsWhole);
    }

    [Fact]
    public void From_top_to_bottom_every_line_goes_down()
    {
        var picture = Draw(Diamond.Definition, new GraphView(IsDownward: true));

        Assert.All(picture.Edges, edge => Assert.True(picture.Nodes[edge.From].Box.Bottom < picture.Nodes[edge.To].Box.Y));
    }

    [Theory]
    [InlineData(GraphLens.Files)]
    [InlineData(GraphLens.Jobs)]
    [InlineData(GraphLens.Needs)]
    [InlineData(GraphLens.Data)]
    public void There_are_never_more_than_500_elements(GraphLens lens)
    {
        var random = new Random(8);
        for (int round = 0; round < 40; round++)
        {
            var workflow = Chance(random);
            var groups = JobGroups.Of(workflow);
            foreach (var grouping in Enum.GetValues<GraphGrouping>())
            {
                var view = new GraphView(lens, grouping, Focus: random.Next(3) == 0 ? new GraphFocus(workflow.Jobs[random.Next(workflow.Jobs.Count)].Name, random.Next(4), GraphFocus.All) : null);

                var picture = GraphPicture.Draw(workflow, groups, view);

                Assert.InRange(picture.Nodes.Count + picture.Edges.Count, 0, GraphPicture.MaxElements);
                Assert.All(picture.Edges, edge => Assert.NotEqual(edge.From, edge.To));
            }
        }
    }

    [Fact]
    public void A_hundred_thousand_jobs_are_drawn_like_a_thousand()
    {
        var workflow = Reading.Definition(SweepOf(99_998));

        Assert.Equal(["Job prep", "Group sim ×99,998", "Job gather", "File params", "File out ×99,998", "File result"], Nodes(Draw(workflow, new GraphView())));
    }

    [Theory]
    [InlineData("", GraphLens.Files, GraphGrouping.Auto, false)]
    [InlineData("mode=needs&groups=all&dir=down", GraphLens.Needs, GraphGrouping.All, true)]
    [InlineData("mode=nonsense&groups=7&dir=up", GraphLens.Files, GraphGrouping.Auto, false)]
    public void The_address_says_what_is_drawn(string query, GraphLens lens, GraphGrouping grouping, bool isDownward)
    {
        var view = FromAddress(query);

        Assert.Equal((lens, grouping, isDownward), (view.Lens, view.Grouping, view.IsDownward));
    }

    [Fact]
    public void What_the_address_says_comes_back_from_it()
    {
        var view = new GraphView(GraphLens.Data, GraphGrouping.None, ["a, b", "50%"], ["c"], new GraphFocus("x:y", 2, GraphFocus.All), true);

        var again = FromAddress(string.Join('&', GraphAddress.Write(view).Where(entry => entry.Value is not null).Select(entry => $"{entry.Key}={Uri.EscapeDataString($"{entry.Value}")}")));

        Assert.Equal(view.Key, again.Key);
    }

    private static GraphView FromAddress(string query)
    {
        var given = query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(entry => entry.Split('=')).ToDictionary(entry => entry[0], entry => Uri.UnescapeDataString(entry[1]));
        string? Find(string name) => given.GetValueOrDefault(name);
        return GraphAddress.Read(Find("mode"), Find("groups"), Find("open"), Find("closed"), Find("focus"), Find("up"), Find("down"), Find("dir"));
    }

    private static string SweepOf(int count) => $$$"""
        name: sweep
        jobs:
          - { name: prep, command: "make ${files.output.params}", resource_requirements: small }
          - { name: "sim_{i:04d}", command: "sim ${files.input.params} ${files.output.out_{i:04d}}", resource_requirements: large, parameters: { i: "1:{{{count}}}" } }
          - { name: gather, command: "gather ${files.output.result}", resource_requirements: small, input_file_regexes: ["out_.*"] }
        files:
          - { name: params, path: params.json }
          - { name: "out_{i:04d}", path: "out/{i:04d}.json", parameters: { i: "1:{{{count}}}" } }
          - { name: result, path: result.json }
        resource_requirements:
          - { name: small, num_cpus: 1, memory: 1g, runtime: PT10M }
          - { name: large, num_cpus: 4, memory: 2g, runtime: PT1H }
        """;

    private static WorkflowDefinition Chance(Random random)
    {
        int count = random.Next(1, 600);
        string Name(int job) => random.Next(2) == 0 ? $"{"abcdefgh"[random.Next(8)]}_{job}" : $"{Letters(job)}";
        var jobs = Enumerable.Range(0, count).Select(job =>
        {
            var reads = Enumerable.Range(0, random.Next(4)).Select(_ => random.Next(job + 1)).Where(file => file < job).Distinct().Select(file => $"f{file}");
            return $"{string.Join(',', reads)} > {Name(job)} > f{job}";
        });
        return Sketch.Draw(string.Join('|', jobs));
    }

    private static string Letters(int number) => string.Concat($"{number:0000}".Select(digit => (char)('k' + (digit - '0'))));

    private static GraphPicture Draw(WorkflowDefinition workflow, GraphView view) => GraphPicture.Draw(workflow, JobGroups.Of(workflow), view);

    private static string[] Nodes(GraphPicture picture) => [.. picture.Nodes.Select(node => $"{node.Kind} {node.Label}")];

    private static string[] Units(GraphPicture picture) => [.. picture.Nodes.Where(node => node.Kind is GraphNodeKind.Job or GraphNodeKind.Group).Select(node => node.Name)];

    private static string[] Edges(GraphPicture picture) => [.. picture.Edges.Select(edge => $"{picture.Nodes[edge.From].Name}>{picture.Nodes[edge.To].Name}")];
}
