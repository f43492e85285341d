using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Torc.Tests.Support;
using Torc.Web.Reruns;
using Torc.Web.Workflows;
using Xunit;

namespace Torc.Tests.Web.Workflows;

public sealed class ResourceTableTests : PageTest
{
    private FakeSuggestions Desk => (FakeSuggestions)Services.GetRequiredService<ISuggestionDesk>();

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

        Assert.Equal([2], Desk.Saved);
        Assert.Equal("false", page.Find("[data-resource=memory]").GetAttribute("data-suggested"));
        Assert.Empty(page.FindAll("[data-testid=suggestion-review]"));
    }

    [Fact]
    public async Task What_cannot_be_saved_says_why_and_offers_nothing()
    {
        Desk.Refusal = "Jobs wait or run by the spec that the workflow has.";
        var page = await OpenAsync();

        await page.Find("[data-testid=suggestion-review]").ClickAsync(new());

        Assert.Equal(Desk.Refusal, page.Find("[data-testid=suggestion-refusal]").TextContent);
        Assert.True(page.Find("[data-testid=suggestion-apply]").HasAttribute("disabled"));
    }

    [Fact]
    public async Task Before_any_job_has_ended_nothing_is_known()
    {
        Desk.Uses = [];

        Assert.NotEmpty((await OpenAsync()).FindAll("[data-testid=no-uses]"));
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
