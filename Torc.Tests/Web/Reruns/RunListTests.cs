using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Torc.Shared.Contracts;
using Torc.Shared.Jobs;
using Torc.Shared.Reruns;
using Torc.Shared.Workflows;
using Torc.Tests.Support;
using Torc.Web.Reruns;
using Torc.Web.Workflows;
using Xunit;

namespace Torc.Tests.Web.Reruns;

public sealed class RunListTests : PageTest
{
    [Fact]
    public async Task Each_run_is_told_with_what_it_was_to_do_and_what_came_of_it()
    {
        var page = await OpenAsync();

        Assert.Equal(
            ["2 completed Failed jobs|2 run, 2 kept|v2|jdoe", "1 failed First run|4 run, 0 kept|v1|jdoe"],
            page.FindAll("[data-testid=run-row]").Select(row =>
                $"{row.GetAttribute("data-run")} {row.GetAttribute("data-status")} {string.Join('|', new[] { 2, 3, 4, 7 }.Select(cell => row.Children[cell].TextContent.Trim()))}"));
    }

    [Fact]
    public async Task Two_runs_are_compared_by_what_the_address_says_and_what_was_kept_is_left_out_until_asked_for()
    {
        var page = await OpenAsync(1, 2);

        Assert.Equal(
            ["work2|out of memory|1.6 s|200 MiB|done|20.6 s +19 s|311 MiB +111 MiB", "postprocess|–|–|–|done|2.1 s|3 MiB"],
            page.FindAll("[data-testid=comparison-row]").Select(row => string.Join('|', row.Children.Select(cell => cell.TextContent.Trim()))));

        await page.Find("[data-testid=compare-all]").ChangeAsync(new() { Value = true });

        Assert.Equal("preprocess|done|3.1 s|2 MiB|kept", string.Join('|', page.Find("[data-testid=comparison-row]").Children.Select(cell => cell.TextContent.Trim())));
    }

    [Fact]
    public async Task Choosing_runs_is_kept_in_the_address()
    {
        var page = await OpenAsync();

        await page.Find("[data-testid=run-compare]").ClickAsync(new MouseEventArgs());
        Assert.Contains("a=1", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
        Assert.Contains("b=2", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);

        Assert.EndsWith("/jobs", page.Find("[data-testid=view-jobs]").GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_is_not_there_is_said_to_be_missing()
    {
        var page = await OpenAsync(1, 7);

        Assert.Equal("This workflow has no run #7.", page.Find("[data-testid=compare-problem]").TextContent);
        Assert.Equal(0, Runs.Comparisons);
    }

    [Fact]
    public async Task A_new_run_appears_and_jobs_that_move_ask_for_nothing()
    {
        var id = Workflows.Add(Diamond.Definition);
        Workflows.Move(id, FakeWorkflows.Start, ("preprocess", JobStatus.Running, null));
        var page = Render<LiveWorkflow>(parameters => parameters.Add(component => component.Workflow, id).Add(component => component.AsRuns, true).Add(component => component.Before, 1).Add(component => component.After, 2));
        await page.WaitForElementAsync("[data-testid=comparison]");
        Runs.Runs = [new RunView(3, RerunScope.All, "ann", FakeWorkflows.Start.AddHours(1), null, WorkflowStatus.Running, 2, 4), .. Runs.Runs];

        Workflows.Move(id, FakeWorkflows.Start, ("preprocess", JobStatus.Completed, null));
        await page.WaitForAssertionAsync(() => Assert.Contains("1 done", page.Find("[data-testid=status-counts]").TextContent, StringComparison.Ordinal));
        Assert.Equal((1, 2), (Runs.Comparisons, page.FindAll("[data-testid=run-row]").Count));
        Workflows.Rerun(id, FakeWorkflows.Start.AddHours(1), "work1");

        await page.WaitForElementAsync("[data-testid=run-row][data-run='3']");
    }

    [Fact]
    public async Task A_run_that_another_took_the_place_of_has_no_end_of_its_own()
    {
        Runs.Runs = [Runs.Runs[0], Runs.Runs[1] with { Status = WorkflowStatus.Running, EndedAt = null }];

        var page = await OpenAsync();

        Assert.Contains("went on in run #2", page.Find("[data-testid=run-row][data-run='1']").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task How_many_were_kept_is_left_out_of_a_run_by_another_spec()
    {
        var workflow = await WorkflowAsync();

        Assert.Equal("3 run, 1 kept", RunWords.Jobs(Runs.Runs[0] with { Jobs = 3 }, workflow));
        Assert.Equal("3 run", RunWords.Jobs(Runs.Runs[0] with { Jobs = 3, SpecVersion = 1 }, workflow));
    }

    private async Task<IRenderedComponent<LiveWorkflow>> OpenAsync(int? before = null, int? after = null)
    {
        var id = (await WorkflowAsync()).Id;
        var page = Render<LiveWorkflow>(parameters => parameters
            .Add(component => component.Workflow, id)
            .Add(component => component.AsRuns, true)
            .Add(component => component.Before, before)
            .Add(component => component.After, after));
        await page.WaitForElementAsync("[data-testid=run-row]");
        return page;
    }

    private async Task<WorkflowView> WorkflowAsync()
    {
        var id = Workflows.Add(Diamond.Definition);
        Workflows.Revise(id, Diamond.Definition);
        return (await Workflows.FindAsync(id, Xunit.TestContext.Current.CancellationToken))!;
    }
}
