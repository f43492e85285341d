using System.Net.Http.Json;
using Microsoft.Playwright;
using Torc.Tests.EndToEnd;
using Xunit;

namespace Torc.Tests.Browser;

/// <summary>The pages of a workflow beside its graph, with a real server.</summary>
[Collection(BrowserCollection.Name)]
public sealed class WorkflowPagesTests(Chromium chromium)
{
    private const string Spec = """
        name: wide
        resource_requirements:
          - {name: long, num_cpus: 1, memory: 64m, runtime: PT2H}  # generous
        user_data: [{name: result, data: {key1: 1}}, {name: scratch, is_ephemeral: true}]
        jobs:
          - {name: "w{i}", command: "echo {i} > out{i}", parameters: {i: "1:3"}, resource_requirements: long, output_files: ["f{i}"]}
          - {name: gather, command: "cat out1 out2 out3 > all", input_files: [f1, f2, f3], output_files: [all]}
        files: [{name: "f{i}", path: "out{i}", parameters: {i: "1:3"}}, {name: all, path: all}]
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, 1400)]
    [InlineData(true, 700)]
    public async Task Events_data_resources_and_spec_are_seen_as_they_change_and_a_suggestion_becomes_a_version(bool dark, int width)
    {
        string look = $"{(dark ? "dark" : "light")}-{width}";
        await using var site = await Site.StartAsync(cpus: 2);
        var id = await site.RunAsync(Spec);
        await site.EndAsync(id);
        var visit = await Visit.StartAsync(chromium, site.Http.BaseAddress!, dark, width);

        await visit.GoAsync("/");
        await Visit.AssertSoonAsync(visit.Find("strip-node"));
        await Visit.AssertSoonAsync(visit.Find("no-trouble"));
        await visit.KeepPictureAsync($"home-{look}");
        await visit.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "wide" }).ClickAsync();
        await Visit.AssertSoonAsync(visit.Find("job-node").First);
        await visit.KeepPictureAsync($"graph-{look}");
        await visit.Find("view-events").ClickAsync();
        await Visit.AssertSoonAsync(Event(visit, "torc.run.ended"));
        (await site.Http.PostAsJsonAsync($"/api/v1/workflows/{id}/events", new { type = "checkpoint", data = new { loss = 0.25, phase = "train" } }, Cancel)).EnsureSuccessStatusCode();
        await Assertions.Expect(visit.Find("event-row").First).ToHaveAttributeAsync("data-type", "checkpoint");
        await visit.KeepPictureAsync($"events-{look}");
        await visit.Find("event-type").FillAsync("torc.job.*");
        await visit.Find("event-type").PressAsync("Enter");
        await Assertions.Expect(Event(visit, "checkpoint")).ToHaveCountAsync(0);
        Assert.Contains("type=torc.job.", visit.Page.Url, StringComparison.Ordinal);
        await Visit.AssertSoonAsync(Event(visit, "torc.job.completed").First);

        await visit.Find("view-data").ClickAsync();
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-name=scratch][data-stored=false]"));
        (await site.Http.PutAsJsonAsync($"/api/v1/workflows/{id}/user_data/scratch", new[] { 1, 2, 3 }, Cancel)).EnsureSuccessStatusCode();
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-name=scratch][data-stored=true]"));
        await visit.Page.Locator("[data-name=scratch] button").ClickAsync();
        await Assertions.Expect(visit.Find("user-data-value")).ToHaveCountAsync(1);
        await visit.KeepPictureAsync($"data-{look}");

        await visit.Find("view-files").ClickAsync();
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-testid=file-row][data-name=f2]"));
        await Assertions.Expect(visit.Page.Locator("[data-testid=file-row][data-name=f2]")).ToContainTextAsync("w2");
        await visit.KeepPictureAsync($"files-{look}");

        await visit.Find("view-timeline").ClickAsync();
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-testid=timeline-view][data-ready][data-bars='4'][data-rows='4']"));
        await visit.Find("timeline-groups").ClickAsync();
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-testid=timeline-view][data-by=group]"));
        await visit.Find("timeline-nodes").ClickAsync();
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-testid=timeline-view][data-by=node]"));
        await Assertions.Expect(visit.Page.Locator("[data-testid=timeline-view]")).Not.ToHaveAttributeAsync("data-rows", "4");
        await visit.Page.GetByText("As a table").ClickAsync();
        await Assertions.Expect(visit.Find("timeline-row")).ToHaveCountAsync(4);
        await visit.KeepPictureAsync($"timeline-{look}");

        await visit.Find("view-resources").ClickAsync();
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-testid=resource-row][data-resource=runtime][data-suggested=true]").First);
        await visit.Find("suggestion-review").ClickAsync();
        await Visit.AssertSoonAsync(visit.Find("suggestion-edit"));
        await visit.KeepPictureAsync($"resources-{look}");
        await visit.Find("suggestion-apply").ClickAsync();
        await Assertions.Expect(visit.Find("spec-version")).ToHaveTextAsync("v2");

        await visit.Find("view-spec").ClickAsync();
        await visit.Find("spec-against").SelectOptionAsync("1");
        var lines = visit.Page.Locator("[data-testid=spec-line]:not([data-side=both])");
        await Assertions.Expect(lines.First).ToContainTextAsync("runtime: PT2H");
        await Assertions.Expect(lines.Last).ToContainTextAsync("runtime: PT1M");
        await visit.KeepPictureAsync($"spec-{look}");
        visit.AssertQuiet();
    }

    private static ILocator Event(Visit visit, string type) => visit.Page.Locator($"[data-testid=event-row][data-type='{type}']");
}
