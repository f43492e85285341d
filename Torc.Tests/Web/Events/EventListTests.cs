using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Torc.Shared.Jobs;
using Torc.Tests.Support;
using Torc.Web.Events;
using Xunit;

namespace Torc.Tests.Web.Events;

public sealed class EventListTests : PageTest
{
    private static readonly WorkflowId Id = new(1);

    [Fact]
    public void The_newest_event_stands_first_and_new_ones_appear_by_themselves()
    {
        Events.Post(Id, "torc.run.started");
        Events.Post(Id, "epoch", """{"loss": 0.4}""", "train");
        var page = Open();
        Assert.Equal("epoch torc.run.started", Types(page));

        Events.Post(Id, "checkpoint", job: "train");

        page.WaitForElement("[data-n='3']");
        Assert.Equal("checkpoint epoch torc.run.started", Types(page));
        Assert.Equal("workflows/1/jobs/train", page.Find("[data-n='2'] a").GetAttribute("href"));
        Assert.Equal("""{"loss":0.4}""", page.Find("[data-n='2'] .torc-json").TextContent);
    }

    [Fact]
    public void Only_events_that_are_asked_for_are_shown_also_of_the_new_ones()
    {
        Events.Post(Id, "epoch", """{"loss": 0.4}""", "train");
        Events.Post(Id, "epoch", """{"loss": 0.1}""", "train");
        Events.Post(Id, "torc.job.completed", job: "train");
        var page = Open(type: "epo*", data: "loss<0.2");
        Assert.Equal("2", Assert.Single(page.FindAll("[data-testid=event-row]")).GetAttribute("data-n"));

        Events.Post(Id, "epoch", """{"loss": 0.3}""", "train");
        Events.Post(Id, "epoch", """{"loss": 0.05}""", "train");

        page.WaitForElement("[data-n='5']");
        Assert.Equal(2, page.FindAll("[data-testid=event-row]").Count);
        page.Find("[data-testid=event-all]").Click();
        Assert.EndsWith("/", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void Older_ones_are_read_when_they_are_wanted()
    {
        for (int number = 1; number <= 450; number++)
        {
            Events.Post(Id, "tick");
        }

        var page = Open();
        Assert.Equal(200, page.FindAll("[data-testid=event-row]").Count);
        page.Find("[data-testid=event-older]").Click();
        page.Find("[data-testid=event-older]").Click();

        Assert.Equal(450, page.FindAll("[data-testid=event-row]").Count);
        Assert.Empty(page.FindAll("[data-testid=event-older]"));
    }

    [Fact]
    public void A_condition_that_is_none_is_said_to_be_none()
    {
        Events.Post(Id, "epoch");

        Assert.Contains("“loss” is no condition", Open(data: "loss").Find("[data-testid=event-problem]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_that_are_stored_appear_with_who_stored_them_and_what_they_were()
    {
        Events.Declare("result");
        var page = Render<UserDataTable>(parameters => parameters.Add(table => table.Workflow, Id));
        Assert.Equal("false", page.Find("[data-testid=user-data-row]").GetAttribute("data-stored"));

        Events.Store(Id, "result", $$"""{"key1": "{{new string('x', 200)}}"}""", "postprocess");

        page.WaitForElement("[data-testid=user-data-row][data-stored=true]");
        Assert.Contains("postprocess, attempt 1", page.Find("[data-testid=user-data-row]").TextContent, StringComparison.Ordinal);
        Assert.Contains("\"key1\": \"xxx", page.Find("details pre").TextContent, StringComparison.Ordinal);
        page.Find("[data-testid=user-data-history]").Click();
        Assert.Single(page.FindAll("[data-testid=user-data-value]"));
    }

    private static string Types(IRenderedComponent<EventList> page) => string.Join(' ', page.FindAll("[data-testid=event-row]").Select(row => row.GetAttribute("data-type")));

    private IRenderedComponent<EventList> Open(string? type = null, string? data = null) =>
        Render<EventList>(parameters => parameters.Add(list => list.Workflow, Id).Add(list => list.Type, type).Add(list => list.Data, data));
}
