using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Torc.Shared.Quantities;
using Torc.Tests.Support;
using Torc.Web.Nodes;
using Xunit;

namespace Torc.Tests.Web.Nodes;

public sealed class NodePagesTests : BunitContext
{
    private readonly FakeNodes _nodes = new();
    private readonly FakeTimeProvider _time = new(FakeWorkflows.Start);

    public NodePagesTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddSingleton<INodeQueries>(_nodes);
        Services.AddSingleton<TimeProvider>(_time);
    }

    [Fact]
    public void Each_node_says_what_is_used_and_promised_of_it()
    {
        var list = Render<NodeList>();

        var uses = list.FindAll("[data-testid=node-row]")[0].QuerySelectorAll("[data-testid=use]");
        Assert.Equal(["3.1 of 16", "20 GiB of 64 GiB", "1 of 2"], uses.Select(use => use.TextContent.Trim()));
        Assert.Equal("CPUs: 3.1 in use, 4 promised to jobs, 16 in all.", uses[0].GetAttribute("title"));
        Assert.Equal(["25%", "19.4%"], uses[0].QuerySelectorAll("i").Select(bar => bar.GetAttribute("style")!["width: ".Length..]));
    }

    [Fact]
    public void A_node_that_is_not_heard_says_when_it_was_and_nothing_about_now()
    {
        var lost = Render<NodeList>().FindAll("[data-testid=node-row]")[1];

        Assert.StartsWith("Last heard", lost.QuerySelector("[data-testid=node-status]")!.TextContent.Trim(), StringComparison.Ordinal);
        Assert.Equal(["? of 4", "? of 8 GiB", "–"], lost.QuerySelectorAll("[data-testid=use]").Select(use => use.TextContent.Trim()));
        Assert.Equal("label bigmem", lost.LastElementChild!.TextContent);
    }

    [Fact]
    public void Without_a_node_it_says_how_to_start_one_until_there_is_one()
    {
        var node = _nodes.Nodes[0];
        _nodes.Nodes.Clear();
        var list = Render<NodeList>();
        Assert.Contains("torc agent", list.Find("[data-testid=no-node]").TextContent, StringComparison.Ordinal);

        _nodes.Nodes.Add(node);
        _time.Advance(TimeSpan.FromSeconds(2));

        list.WaitForAssertion(() => Assert.Empty(list.FindAll("[data-testid=no-node]")));
        Assert.Single(list.FindAll("[data-testid=node-row]"));
    }

    [Fact]
    public void A_node_shows_its_last_hour_and_the_jobs_that_run_there()
    {
        var page = Render<NodePage>(parameters => parameters.Add(page => page.Id, 1L));

        Assert.Equal(["memory", "cpu", "gpu", "gpu_memory"], page.FindAll("[data-testid=chart]").Select(chart => chart.GetAttribute("data-series")));
        Assert.Equal(["1600", "200"], new[] { "cpu", "gpu" }.Select(series => page.Find($"[data-series={series}]").GetAttribute("data-bound")));
        var job = page.Find("[data-testid=node-job]");
        Assert.Equal("workflows/3?job=train", job.QuerySelector("a")!.GetAttribute("href"));
        Assert.Equal(["3.1 of 4", "20 GiB of 32 GiB", "1 of 1"], job.QuerySelectorAll("[data-testid=use]").Select(use => use.TextContent.Trim()));
    }

    [Fact]
    public void Jobs_of_a_node_that_is_not_heard_are_not_said_to_run()
    {
        _nodes.Nodes[0] = _nodes.Nodes[0] with { IsConnected = false };

        var page = Render<NodePage>(parameters => parameters.Add(page => page.Id, 1L));

        Assert.StartsWith("Unknown, last seen running", page.Find("[data-testid=jobs-unknown]").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Running for", page.Find("[data-testid=node-jobs]").TextContent, StringComparison.Ordinal);
        Assert.Contains(page.FindAll("h2"), heading => heading.TextContent == "Jobs that were last seen running there");
    }

    [Fact]
    public void A_node_follows_what_it_does_while_it_is_looked_at()
    {
        var page = Render<NodePage>(parameters => parameters.Add(page => page.Id, 1L));

        _nodes.Now = _nodes.Now with { At = FakeWorkflows.Start.AddSeconds(5), CpuPercent = 1600, Memory = MemorySize.Gibibytes(21) };
        _time.Advance(TimeSpan.FromSeconds(2));

        page.WaitForAssertion(() => Assert.Equal("16 of 16", page.FindAll("[data-testid=use]")[0].TextContent.Trim()));
    }

    [Fact]
    public void A_number_that_no_node_has_leads_back_to_all_of_them()
    {
        var page = Render<NodePage>(parameters => parameters.Add(page => page.Id, 9L));

        Assert.Equal("nodes", page.Find("[data-testid=no-such-node] a").GetAttribute("href"));
    }
}
