using Microsoft.Playwright;
using Torc.Shared.Jobs;
using Torc.Tests.Support;
using Xunit;
using static Torc.Shared.Jobs.JobStatus;

namespace Torc.Tests.Browser;

/// <summary>Finding workflows and jobs, and doing something to several of them.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ActionPagesTests(Chromium chromium)
{
    /// <summary>Where, 110 pixels from the left, the chart has the colour of its second series.</summary>
    private const string MiddleOfBar = """
        chart => {
          const canvas = chart.querySelector('canvas');
          const scale = canvas.width / canvas.clientWidth;
          const paint = document.createElement('canvas').getContext('2d');
          paint.fillStyle = getComputedStyle(chart).getPropertyValue('--torc-series-1');
          paint.fillRect(0, 0, 1, 1);
          const wanted = paint.getImageData(0, 0, 1, 1).data;
          const column = canvas.getContext('2d').getImageData(110 * scale, 0, 1, canvas.height).data;
          // The legend above has this colour, too.
          const rows = [...Array(canvas.height).keys()].filter(row => row > 30 * scale && wanted.every((part, place) => part === column[row * 4 + place]));
          return rows[Math.floor(rows.length / 2)] / scale;
        }
        """;

    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow.AddSeconds(-30);

    [Theory]
    [InlineData(false, 1400)]
    [InlineData(true, 360)]
    public async Task Workflows_are_found_among_many_and_stopped_together(bool dark, int width)
    {
        string look = $"{(dark ? "dark" : "light")}-{width}";
        await using var site = await FakeSite.StartAsync();
        for (int number = 1; number <= 120; number++)
        {
            var id = site.Workflows.Add(Diamond.Definition with { Name = number % 3 == 0 ? $"wind farm {number}" : $"solar {number}", Project = number % 2 == 0 ? "north" : null });
            if (number > 90)
            {
                Begin(site.Workflows, id);
            }

            if (number > 110)
            {
                Fail(site.Workflows, id);
            }
        }

        var visit = await Visit.StartAsync(chromium, site.Address, dark, width);
        await visit.GoAsync("/workflows");
        await Visit.AssertSoonAsync(visit.Find("workflow-list"));
        await visit.KeepPictureAsync($"many-{look}");
        await AssertFitsAsync(visit);

        await visit.Find("page-next").ClickAsync();
        await Assertions.Expect(visit.Find("page-words")).ToHaveTextAsync("51–100 of 120");
        await visit.Find("workflow-search").FillAsync("WIND");
        await visit.Find("workflow-search").PressAsync("Enter");
        await Assertions.Expect(visit.Find("page-words")).ToHaveTextAsync("1–40 of 40");
        await visit.Page.Locator("[data-testid=status-filter][data-status=running]").ClickAsync();
        await Assertions.Expect(visit.Find("workflow-row")).ToHaveCountAsync(6);
        Assert.Contains("q=WIND&status=running", visit.Page.Url, StringComparison.Ordinal);
        await visit.Page.ReloadAsync();
        await Assertions.Expect(visit.Find("workflow-row")).ToHaveCountAsync(6);

        await visit.Page.WaitForSelectorAsync("html[data-ready]", new PageWaitForSelectorOptions { State = WaitForSelectorState.Attached });
        await visit.Find("select-workflow").Nth(0).CheckAsync();
        await visit.Find("select-workflow").Nth(2).CheckAsync();
        await visit.Find("bulk-stop").ClickAsync();
        await Visit.AssertSoonAsync(visit.Page.GetByText("torc stop 108 102"));
        await visit.KeepPictureAsync($"many-stop-{look}");
        await AssertFitsAsync(visit);
        await visit.Find("workflow-do").ClickAsync();
        await Visit.AssertSoonAsync(visit.Page.GetByText("2 workflows were stopped."));
        // Those that were stopped run no more, and leave the list of those that do.
        await Assertions.Expect(visit.Find("workflow-row")).ToHaveCountAsync(4);

        await visit.Find("workflow-menu").First.GetByRole(AriaRole.Button).ClickAsync();
        await Visit.AssertSoonAsync(visit.Find("menu-stop"));
        await visit.KeepPictureAsync($"many-menu-{look}");
        await visit.Find("menu-stop").ClickAsync();
        await Visit.AssertSoonAsync(visit.Page.GetByText("torc stop 105"));
        await visit.Find("workflow-leave").ClickAsync();

        await visit.Find("workflow-search").FillAsync("nothing like it");
        await visit.Find("workflow-search").PressAsync("Enter");
        await Visit.AssertSoonAsync(visit.Find("no-match"));
        await visit.KeepPictureAsync($"many-none-{look}");
        await visit.Find("clear-filter").ClickAsync();
        await Assertions.Expect(visit.Find("page-words")).ToHaveTextAsync("1–50 of 120");
        visit.AssertQuiet();
    }

    [Theory]
    [InlineData(false, 1400)]
    [InlineData(true, 360)]
    public async Task A_workflow_is_put_away_from_its_own_page_found_again_and_deleted(bool dark, int width)
    {
        string look = $"{(dark ? "dark" : "light")}-{width}";
        await using var site = await FakeSite.StartAsync();
        var id = site.Workflows.Add(Diamond.Definition);
        Begin(site.Workflows, id);
        Fail(site.Workflows, id);
        var visit = await Visit.StartAsync(chromium, site.Address, dark, width);
        await visit.GoAsync($"/workflows/{id}");

        await visit.Find("workflow-menu").GetByRole(AriaRole.Button).ClickAsync();
        await Visit.AssertSoonAsync(visit.Find("menu-archive"));
        await visit.KeepPictureAsync($"archive-menu-{look}");
        await visit.Find("menu-archive").ClickAsync();
        await Visit.AssertSoonAsync(visit.Page.GetByText($"torc archive {id}"));
        await visit.KeepPictureAsync($"archive-ask-{look}");
        await AssertFitsAsync(visit);
        await visit.Find("workflow-do").ClickAsync();
        await Visit.AssertSoonAsync(visit.Find("archived"));
        await visit.KeepPictureAsync($"archived-{look}");

        await visit.GoAsync("/workflows");
        await Assertions.Expect(visit.Find("no-match")).ToHaveTextAsync("All workflows are archived.");
        await visit.KeepPictureAsync($"archived-all-{look}");
        await visit.Find("archived-filter").ClickAsync();
        await Visit.AssertSoonAsync(visit.Find("workflow-row"));
        await visit.KeepPictureAsync($"archived-list-{look}");
        await AssertFitsAsync(visit);
        await visit.Find("workflow-row").ClickAsync();
        await visit.Find("workflow-menu").GetByRole(AriaRole.Button).ClickAsync();
        await visit.Find("menu-delete").ClickAsync();
        await Visit.AssertSoonAsync(visit.Page.GetByText($"torc delete {id}"));
        await visit.KeepPictureAsync($"delete-ask-{look}");
        await visit.Find("workflow-do").ClickAsync();
        await Visit.AssertSoonAsync(visit.Find("deleted"));
        await visit.KeepPictureAsync($"deleted-{look}");
        visit.AssertQuiet();
    }

    [Theory]
    [InlineData(false, 1400)]
    [InlineData(true, 360)]
    public async Task Jobs_are_stopped_turned_off_and_given_more_from_their_table_and_their_page(bool dark, int width)
    {
        string look = $"{(dark ? "dark" : "light")}-{width}";
        await using var site = await FakeSite.StartAsync();
        var id = site.Workflows.Add(Diamond.Definition);
        Begin(site.Workflows, id);
        var visit = await Visit.StartAsync(chromium, site.Address, dark, width);

        await visit.GoAsync($"/workflows/{id}/jobs");
        await visit.Page.Locator("[data-testid=choose-job][data-job=work2]").CheckAsync();
        await visit.Page.Locator("[data-testid=choose-job][data-job=postprocess]").CheckAsync();
        await Visit.AssertSoonAsync(visit.Page.GetByText("2 jobs selected"));
        await Assertions.Expect(visit.Find("job-change-needs")).ToBeDisabledAsync();
        await visit.KeepPictureAsync($"jobs-selected-{look}");
        await visit.Find("job-turn-off").ClickAsync();
        await Visit.AssertSoonAsync(visit.Page.GetByText("torc turn-off 1 --job postprocess"));
        await visit.KeepPictureAsync($"jobs-off-{look}");
        await visit.Find("job-do").ClickAsync();
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-testid=job-row][data-job=postprocess][data-status=disabled]"));

        await visit.GoAsync($"/workflows/{id}/jobs/work2");
        await visit.Find("job-stop").ClickAsync();
        await Visit.AssertSoonAsync(visit.Page.GetByText("torc stop 1 --job work2"));
        await visit.KeepPictureAsync($"job-stop-{look}");
        await AssertFitsAsync(visit);
        await visit.Find("job-do").ClickAsync();
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-testid=job-page][data-status=terminated]"));
        site.Workflows.Move(id, DateTimeOffset.UtcNow, ("work1", Completed, null));

        await visit.Find("job-change-needs").ClickAsync();
        await visit.Find("needs-memory").FillAsync("1g");
        await visit.Find("needs-review").ClickAsync();
        await Visit.AssertSoonAsync(visit.Find("needs-edit"));
        await visit.KeepPictureAsync($"job-needs-{look}");
        await AssertFitsAsync(visit);
        await visit.Find("needs-save").ClickAsync();
        await Assertions.Expect(visit.Find("job-ask")).ToHaveCountAsync(0);
        visit.AssertQuiet();
    }

    [Theory]
    [InlineData(false, 1400)]
    [InlineData(true, 360)]
    public async Task What_was_used_is_seen_in_numbers_as_a_chart_and_job_by_job(bool dark, int width)
    {
        string look = $"{(dark ? "dark" : "light")}-{width}";
        await using var site = await FakeSite.StartAsync();
        var id = site.Workflows.Add(Diamond.Definition);
        Begin(site.Workflows, id);
        Fail(site.Workflows, id);
        var visit = await Visit.StartAsync(chromium, site.Address, dark, width);

        await visit.GoAsync($"/workflows/{id}/resources");
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-testid=resource-chart][data-ready] canvas"));
        await Visit.AssertSoonAsync(visit.Find("tile-wasted"));
        await visit.KeepPictureAsync($"used-{look}");
        await AssertFitsAsync(visit);
        // The bar of what was used most. How far down it is depends on the fonts of the machine.
        var box = (await visit.Find("resource-chart").BoundingBoxAsync())!;
        await visit.Page.Mouse.ClickAsync(box.X + 110, box.Y + await visit.Find("resource-chart").EvaluateAsync<float>(MiddleOfBar));
        await Visit.AssertSoonAsync(visit.Find("resource-filter"));
        await visit.Find("metric-time").ClickAsync();
        await Visit.AssertSoonAsync(visit.Page.Locator("[data-testid=resource-chart][data-kind=time][data-ready]"));
        Assert.Contains("class=medium", visit.Page.Url, StringComparison.Ordinal);
        Assert.Contains("metric=time", visit.Page.Url, StringComparison.Ordinal);
        await visit.Find("resource-all").ScrollIntoViewIfNeededAsync();
        await visit.KeepPictureAsync($"used-jobs-{look}");
        await visit.Find("resource-all").ClickAsync();
        await Assertions.Expect(visit.Find("resource-filter")).ToHaveCountAsync(0);
        visit.AssertQuiet();
    }

    private static async Task AssertFitsAsync(Visit visit)
    {
        int over = await visit.Page.EvaluateAsync<int>("() => { const main = document.querySelector('main'); return main.scrollWidth - main.clientWidth; }");
        Assert.True(over <= 0, $"{visit.Page.Url} is {over} pixels too wide.");
    }

    private static void Begin(FakeWorkflows workflows, WorkflowId id) => workflows.Move(
        id, Now, ("preprocess", Completed, null), ("work1", Running, null), ("work2", Running, null), ("postprocess", Blocked, "Waits for work1 and work2."));

    private static void Fail(FakeWorkflows workflows, WorkflowId id) => workflows.Move(
        id, Now.AddSeconds(1.6), ("work1", Completed, null), ("work2", Failed, "Out of memory: used 299 MiB of 200 MiB"), ("postprocess", Canceled, "work2 failed"));
}
