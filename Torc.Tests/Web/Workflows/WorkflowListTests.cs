using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Torc.Shared.Jobs;
using Torc.Shared.Reruns;
using Torc.Tests.Support;
using Torc.Web.Workflows;
using Xunit;

namespace Torc.Tests.Web.Workflows;

public sealed class WorkflowListTests : PageTest
{
    public WorkflowListTests() => Render<MudBlazor.MudDialogProvider>();

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public void Without_workflows_the_first_steps_are_shown()
    {
        var list = Render<WorkflowList>();

        list.WaitForElement("[data-testid=first-steps]");
        Assert.Empty(list.FindAll("[data-testid=workflow-list]"));
    }

    [Fact]
    public void A_workflow_is_told_with_status_counts_and_a_link()
    {
        var id = Workflows.Add(Diamond.Definition);
        Workflows.Move(id, FakeWorkflows.Start, ("preprocess", JobStatus.Completed, null), ("work1", JobStatus.Running, null));

        var list = Render<WorkflowList>();

        var row = list.WaitForElement("[data-testid=workflow-row]");
        Assert.Equal("running", row.GetAttribute("data-status"));
        Assert.Equal("workflows/1", row.GetAttribute("href"));
        Assert.Equal(["1 done", "1 running", "2 not prepared"], list.FindAll("[data-testid=status-counts] .torc-count").Select(count => count.TextContent));
    }

    [Fact]
    public void A_row_says_of_how_many_jobs_nobody_knows_whether_they_run()
    {
        var id = Workflows.Add(Diamond.Definition);
        Workflows.Move(id, FakeWorkflows.Start, ("work1", JobStatus.Running, null), ("work2", JobStatus.Running, null));
        var list = Render<WorkflowList>();

        Workflows.Lose(id, FakeWorkflows.Start.AddMinutes(1), "work1", "work2");

        list.WaitForAssertion(() => Assert.Equal(["2 running (2 unknown)", "2 not prepared"], list.FindAll("[data-testid=status-counts] .torc-count").Select(count => count.TextContent)));
    }

    [Fact]
    public void A_workflow_that_is_created_meanwhile_appears_by_itself()
    {
        var list = Render<WorkflowList>();
        list.WaitForElement("[data-testid=first-steps]");

        Workflows.Add(Diamond.Definition);

        list.WaitForElement("[data-testid=workflow-row]");
    }

    [Fact]
    public void A_change_that_arrives_while_the_list_loads_is_shown()
    {
        var answer = new TaskCompletionSource();
        var id = Workflows.Add(Diamond.Definition);
        Workflows.Gate = answer.Task;
        var list = Render<WorkflowList>();

        Workflows.Move(id, FakeWorkflows.Start, ("preprocess", JobStatus.Running, null));
        answer.SetResult();

        list.WaitForElement("[data-testid=workflow-row][data-status=running]");
    }

    [Fact]
    public void What_the_address_asks_for_is_asked_of_the_store()
    {
        Fill(3);

        var list = Open("workflows?q=wide&status=draft&status=nonsense&project=examples&sort=-name&page=1");

        list.WaitForElement("[data-testid=workflow-list]");
        Assert.Equal(["“wide” status:draft project:examples -name 0"], Workflows.Slices);
        Assert.Equal("wide", list.Find("[data-testid=workflow-search]").GetAttribute("value"));
        Assert.Equal("descending", list.Find("th:has([data-testid=sort-name])").GetAttribute("aria-sort"));
        Assert.Equal("true", list.Find("[data-testid=status-filter][data-status=uninitialized]").GetAttribute("aria-current"));
    }

    [Fact]
    public void A_search_a_status_and_an_order_go_into_the_address_and_begin_at_the_first_page()
    {
        Fill(120);
        var list = Open("workflows?page=2");
        Assert.Equal("51–100 of 120", list.WaitForElement("[data-testid=page-words]").TextContent);
        Assert.Equal("workflows?page=3", list.Find("[data-testid=page-next]").GetAttribute("href"));
        Assert.Equal("workflows", list.Find("[data-testid=page-first]").GetAttribute("href"));
        Assert.Equal("workflows?status=draft", list.Find("[data-testid=status-filter]").GetAttribute("href"));
        Assert.Equal("workflows?sort=name", list.Find("[data-testid=sort-name]").GetAttribute("href"));

        list.Find("[data-testid=workflow-search]").Change("12");

        Assert.EndsWith("/workflows?q=12", Navigation.Uri, StringComparison.Ordinal);
        list.WaitForAssertion(() => Assert.Equal(["wide 120", "wide 112", "wide 12"], list.FindAll("[data-testid=workflow-row]").Select(row => row.TextContent)));
    }

    [Fact]
    public void A_page_that_there_is_not_any_more_shows_the_last_one()
    {
        Fill(60);

        var list = Open("workflows?page=9");

        Assert.Equal("51–60 of 60", list.WaitForElement("[data-testid=page-words]").TextContent);
    }

    [Fact]
    public void A_filter_without_a_match_says_so_and_can_be_cleared()
    {
        Fill(2);

        var list = Open("workflows?status=failed&user=nobody");

        Assert.Equal("No workflows match status:failed user:nobody. 2 are hidden. Clear filter", list.WaitForElement("[data-testid=no-match]").TextContent.Trim());
        Assert.Equal("workflows", list.Find("[data-testid=clear-filter]").GetAttribute("href"));
    }

    [Fact]
    public void A_workflow_elsewhere_that_only_counts_its_jobs_does_not_have_the_page_asked_for_again()
    {
        Fill(60);
        var list = Open("workflows?sort=id");
        list.WaitForElement("[data-testid=workflow-list]");
        var elsewhere = new WorkflowId(60);
        Workflows.Move(elsewhere, FakeWorkflows.Start, ("prepare", JobStatus.Running, null));
        list.WaitForAssertion(() => Assert.Equal(2, Workflows.Slices.Count));

        Workflows.Move(elsewhere, FakeWorkflows.Start, ("prepare", JobStatus.Completed, null), ("work0", JobStatus.Running, null));
        Workflows.Move(new WorkflowId(1), FakeWorkflows.Start, ("prepare", JobStatus.Running, null));
        list.WaitForElement("[data-testid=workflow-row][data-workflow='1'][data-status=running]");

        // The one on this page began to run, which may change its place; the other one only went on.
        list.WaitForAssertion(() => Assert.Equal(3, Workflows.Slices.Count));
    }

    [Fact]
    public void Several_are_stopped_after_it_was_said_what_that_means_and_those_that_do_not_run_are_left()
    {
        Fill(3);
        Workflows.Move(new WorkflowId(1), FakeWorkflows.Start, ("prepare", JobStatus.Running, null), ("work0", JobStatus.Blocked, null));
        var list = Open("workflows");

        list.WaitForElement("tr[data-workflow='1'] [data-testid=select-workflow]").Change(true);
        list.WaitForElement("tr[data-workflow='3'] [data-testid=select-workflow]").Change(true);
        list.Find("[data-testid=bulk-stop]").Click();
        list.WaitForAssertion(() => Assert.Equal(
            ["wide 3 (3): left as it is. It does not run.", "wide 1 (1): 2 jobs end"],
            list.FindAll("[data-testid=workflow-step]").Select(Words)));
        Assert.Equal("torc stop 1", list.Find("[data-testid=command]").TextContent);
        Assert.Empty(Desk.Done);
        list.Find("[data-testid=workflow-do]").Click();

        Assert.Equal("1 workflow was stopped. Close", Words(list.WaitForElement("[data-testid=workflow-news]")));
        Assert.Equal(["stop 1 all"], Desk.Done);
        Assert.Empty(list.FindAll("[data-testid=workflow-refusal]"));
        Assert.Equal("0", list.Find("[data-testid=workflow-bulk]").GetAttribute("data-selected"));
    }

    [Fact]
    public void Those_that_were_put_away_are_listed_by_themselves_and_can_be_brought_back()
    {
        Fill(2);
        Workflows.Archive(new WorkflowId(1), archived: true);
        var list = Open("workflows");
        list.WaitForElement("[data-testid=workflow-row][data-workflow='2']");
        Assert.Single(list.FindAll("[data-testid=workflow-row]"));
        Assert.Equal("workflows?archived=true", list.Find("[data-testid=archived-filter]").GetAttribute("href"));

        list = Open("workflows?archived=true");
        list.WaitForElement("tr[data-workflow='1'] [data-testid=select-workflow]").Change(true);
        Assert.True(list.Find("[data-testid=bulk-run]").HasAttribute("disabled"));
        list.Find("[data-testid=bulk-unarchive]").Click();
        list.WaitForElement("[data-testid=workflow-do]:not([disabled])").Click();

        list.WaitForElement("[data-testid=no-match]");
        Assert.Equal("No workflow is archived.", list.Find("[data-testid=no-match]").TextContent);
        Assert.Equal(["unarchive 1"], Desk.Done);
    }

    [Fact]
    public void Before_some_are_deleted_it_is_said_what_is_lost()
    {
        Fill(3);
        Workflows.Move(new WorkflowId(1), FakeWorkflows.Start, ("prepare", JobStatus.Running, null));
        var list = Open("workflows");
        list.WaitForElement("[data-testid=select-page]").Change(true);

        list.Find("[data-testid=bulk-delete]").Click();

        list.WaitForElement("[data-testid=workflow-do]:not([disabled])");
        Assert.Contains("Delete 2 workflows for good? Torc forgets their jobs, runs, events, values and logs, and cannot bring them back. Files that the jobs wrote stay.", list.Find("[data-testid=workflow-ask]").TextContent, StringComparison.Ordinal);
        Assert.Equal(
            ["wide 3 (3): 3 jobs are forgotten", "wide 2 (2): 3 jobs are forgotten", "wide 1 (1): left as it is. It runs: stop it first, or wait for its end."],
            list.FindAll("[data-testid=workflow-step]").Select(Words));
        Assert.Equal("torc delete 3 2", list.Find("[data-testid=command]").TextContent);
        list.Find("[data-testid=workflow-do]").Click();
        list.WaitForAssertion(() => Assert.Single(list.FindAll("[data-testid=workflow-row]")));
        Assert.Equal("2 workflows were deleted. Close", Words(list.Find("[data-testid=workflow-news]")));
    }

    [Fact]
    public void What_was_refused_says_why_and_what_was_selected_stays_so()
    {
        Fill(1);
        Workflows.Move(new WorkflowId(1), FakeWorkflows.Start, ("prepare", JobStatus.Running, null));
        Desk.Refusal = "All of them are being ended already.";
        var list = Open("workflows");
        list.WaitForElement("tr[data-workflow='1'] [data-testid=select-workflow]").Change(true);
        list.Find("[data-testid=bulk-stop]").Click();

        list.WaitForElement("[data-testid=workflow-do]:not([disabled])").Click();

        Assert.Equal("wide 1 (1): All of them are being ended already.", list.WaitForElement("[data-testid=workflow-refusal]").TextContent);
        Assert.Equal("1", list.Find("[data-testid=workflow-bulk]").GetAttribute("data-selected"));
    }

    [Fact]
    public void A_rerun_of_several_starts_the_plans_that_were_seen()
    {
        var id = Workflows.Add(Diamond.Definition);
        Workflows.Move(id, FakeWorkflows.Start, [.. Diamond.Definition.Jobs.Select(job => (job.Name, JobStatus.Failed, (string?)null))]);
        var list = Open("workflows");
        list.WaitForElement("tr[data-workflow='1'] [data-testid=select-workflow]").Change(true);

        list.Find("[data-testid=bulk-rerun-failed]").Click();
        list.WaitForAssertion(() => Assert.Equal("diamond (1): 2 jobs run", Words(list.Find("[data-testid=workflow-step]"))));
        Assert.Equal("torc rerun 1 --failed", list.Find("[data-testid=command]").TextContent);
        list.Find("[data-testid=workflow-do]").Click();

        list.WaitForElement("[data-testid=workflow-news]");
        Assert.Equal((RerunScope.Failed, "7f3a"), (Reruns.Confirmed!.Scope, Reruns.Confirmed.PlanId));
    }

    [Fact]
    public void An_action_that_applies_to_none_of_them_is_disabled_with_the_reason()
    {
        Fill(2);
        var list = Open("workflows");

        list.WaitForElement("tr[data-workflow='1'] [data-testid=select-workflow]").Change(true);
        list.WaitForElement("tr[data-workflow='2'] [data-testid=select-workflow]").Change(true);

        Assert.True(list.Find("[data-testid=bulk-stop]").HasAttribute("disabled"));
        Assert.Equal("None of them runs.", list.Find("span:has([data-testid=bulk-stop])").GetAttribute("title"));
        Assert.Equal("None of them has had a run yet: run them.", list.Find("span:has([data-testid=bulk-rerun-all])").GetAttribute("title"));
        Assert.False(list.Find("[data-testid=bulk-run]").HasAttribute("disabled"));
    }

    [Fact]
    public void All_on_a_page_are_selected_and_stay_so_on_the_next()
    {
        Fill(60);
        var list = Open("workflows");

        list.WaitForElement("[data-testid=select-page]").Change(true);
        Navigation.NavigateTo("workflows?page=2");

        list.WaitForAssertion(() => Assert.Equal(10, list.FindAll("[data-testid=workflow-row]").Count));
        Assert.Equal("50", list.Find("[data-testid=workflow-bulk]").GetAttribute("data-selected"));
        Assert.Empty(list.FindAll("tr.torc-selected"));
    }

    private static string Words(AngleSharp.Dom.IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private void Fill(int count)
    {
        for (int number = 1; number <= count; number++)
        {
            Workflows.Add(Diamond.Wide(1) with { Name = $"wide {number}" });
        }
    }

    private IRenderedComponent<WorkflowList> Open(string address)
    {
        Navigation.NavigateTo(address);
        return Render<WorkflowList>();
    }
}
