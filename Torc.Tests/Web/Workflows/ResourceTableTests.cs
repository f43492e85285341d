using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Torc.Shared.Jobs;
using Torc.Tests.Support;
using Torc.Web.Reruns;
using Torc.Web.Workflows;
using Xunit;

namespace Torc.Tests.Web.Workflows;

public sealed class ResourceTableTests : PageTest
{
    private FakeSuggestions Suggestions => (FakeSuggestions)Services.GetRequiredService<ISuggestionDesk>();

    [Fact]
    public async Task A_suggestion_becomes_a_version_of_the_spec_after_its_lines_were_seen()
    {
        var page = await OpenAsync();
        Assert.Equal("medium|memory|512 MiB|384 MiB · weak|33 % more fit on a node", Row(page, "memory"));
        Assert.Equal("medium|time|5 min|right|", Row(page, "runtime"));
        Assert.Empty(page.FindAll("[data-testid=suggestion-edit]"));

        await page.Find("[data-testid=suggestion-review]").ClickAsync(new());
        Assert.Equal(["−memory: 512m", "+memory: 384m"], page.FindAll("[data-testid=rerun-spec-line]").Select(line => line.TextContent));
        await page.Find("[data-testid=suggestion-apply]").ClickAsync(new());

        Assert.Equal([2], Suggestions.Saved);
        Assert.Equal("false", page.Find("[data-resource=memory]").GetAttribute("data-suggested"));
        Assert.Empty(page.FindAll("[data-testid=suggestion-review]"));
    }

    [Fact]
    public async Task What_cannot_be_saved_says_why_and_offers_nothing()
    {
        Suggestions.Refusal = "Jobs wait or run by the spec that the workflow has.";
        var page = await OpenAsync();

        await page.Find("[data-testid=suggestion-review]").ClickAsync(new());

        Assert.Equal(Suggestions.Refusal, page.Find("[data-testid=suggestion-refusal]").TextContent);
        Assert.True(page.Find("[data-testid=suggestion-apply]").HasAttribute("disabled"));
    }

    [Fact]
    public async Task Before_any_job_has_ended_nothing_is_known()
    {
        Suggestions.Uses = [];

        Assert.NotEmpty((await OpenAsync()).FindAll("[data-testid=no-uses]"));
    }

    [Fact]
    public async Task Four_numbers_say_how_much_was_used()
    {
        var page = await OpenAsync();

        Assert.Equal("90 %", page.Find("[data-testid=tile-cpu] dd").TextContent);
        Assert.Contains("311 MiB of 512 MiB in work2", page.Find("[data-testid=tile-memory]").TextContent, StringComparison.Ordinal);
        Assert.Equal("–", page.Find("[data-testid=tile-gpu] dd").TextContent);
        Assert.Equal("0.00114", page.Find("[data-testid=tile-wasted] dd").TextContent);
    }

    [Fact]
    public async Task A_class_is_chosen_in_the_chart_and_its_jobs_alone_are_shown()
    {
        Suggestions.Jobs = [.. Suggestions.Jobs, FakeSuggestions.Job(3, "postprocess", 5, 2, new Outcome(OutcomeKind.Exit, 0), ofClass: null)];
        var page = await OpenAsync();
        Assert.Contains("medium 512 MiB requested, 311 MiB at most used", page.Find("[data-testid=resource-chart]").GetAttribute("aria-label"), StringComparison.Ordinal);

        await page.FindComponent<ResourceChart>().Instance.OnBarAsync(0);
        Assert.EndsWith("?class=medium", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
        page.Render(parameters => parameters.Add(table => table.Class, "medium"));
        Assert.Equal("Those of the class medium. Show all", page.Find("[data-testid=resource-filter]").TextContent);
        page.Render(parameters => parameters.Add(table => table.Class, "large"));

        Assert.Equal("No job of this class has ended yet.", page.Find("[data-testid=no-resource-jobs]").TextContent);
    }

    [Fact]
    public async Task A_chart_of_what_was_not_measured_says_so()
    {
        var page = await OpenAsync();

        page.Render(parameters => parameters.Add(table => table.Metric, "cpus"));

        Assert.NotEmpty(page.FindAll("[data-testid=no-chart]"));
        Assert.Equal("page", page.Find("[data-testid=metric-cpus]").GetAttribute("aria-current"));
    }

    private static string Row(IRenderedComponent<ResourceTable> page, string resource)
    {
        var cells = page.Find($"[data-resource={resource}]").Children;
        return string.Join('|', new[] { 0, 1, 2, 7, 8 }.Select(cell => string.Join(' ', cells[cell].TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));
    }

    private async Task<IRenderedComponent<ResourceTable>> OpenAsync()
    {
        var workflow = await Workflows.FindAsync(Workflows.Add(Diamond.Definition), Xunit.TestContext.Current.CancellationToken);
        return Render<ResourceTable>(parameters => parameters.Add(table => table.Workflow, workflow!));
    }
}
