using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Torc.Shared.Jobs;
using Torc.Tests.Support;
using Torc.Web.Events;
using Xunit;

namespace Torc.Tests.Web.Events;

public sealed class ActivityPageTests : PageTest
{
    [Fact]
    public void Events_of_all_workflows_stand_together_and_new_ones_of_any_appear_by_themselves()
    {
        Events.Post(new WorkflowId(1), "first");
        Events.Post(new WorkflowId(2), "second");
        var page = Open("");
        Assert.Equal("second first", Types(page));
        Assert.Equal("workflows/2", page.Find(".torc-event-workflow a").GetAttribute("href"));

        Events.Post(new WorkflowId(1), "third");
        Events.Post(new WorkflowId(3), "fourth");

        page.WaitForElement("[data-type=fourth]");
        Assert.Equal("fourth third second first", Types(page));
    }

    [Fact]
    public void Only_those_of_a_type_or_of_a_workflow_by_name_or_number_are_shown_when_that_is_asked()
    {
        var id = Workflows.Add(Diamond.Definition);
        Events.Post(new WorkflowId(7), "torc.run.started");
        Events.Post(id, "torc.run.started");
        Events.Post(id, "checkpoint");

        Assert.Equal("checkpoint torc.run.started", Types(Open("?workflow=diamond")));
        Assert.Equal("checkpoint torc.run.started", Types(Open("?workflow=1")));
        Assert.Equal("torc.run.started torc.run.started", Types(Open("?type=torc.*")));
    }

    [Fact]
    public void A_workflow_that_is_none_is_said_to_be_none_and_those_of_all_are_shown()
    {
        Events.Post(new WorkflowId(1), "first");

        var page = Open("?workflow=nobody");

        Assert.Contains("No workflow is called “nobody”", page.Find("[data-testid=activity-problem]").TextContent, StringComparison.Ordinal);
        Assert.Equal("first", Types(page));
        page.Find("[data-testid=event-workflow]").Change("");
        Assert.DoesNotContain("workflow=", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void Older_ones_of_all_workflows_are_read_when_they_are_wanted()
    {
        for (int number = 0; number < 450; number++)
        {
            Events.Post(new WorkflowId((number % 3) + 1), "tick");
        }

        var page = Open("");
        page.Find("[data-testid=event-older]").Click();
        page.Find("[data-testid=event-older]").Click();

        Assert.Equal(450, page.FindAll("[data-testid=event-row]").Count);
        Assert.Empty(page.FindAll("[data-testid=event-older]"));
    }

    private static string Types(IRenderedComponent<ActivityPage> page) => string.Join(' ', page.FindAll("[data-testid=event-row]").Select(row => row.GetAttribute("data-type")));

    private IRenderedComponent<ActivityPage> Open(string query)
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo($"activity{query}");
        return Render<ActivityPage>();
    }
}
