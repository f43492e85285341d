using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using Torc.Shared.Jobs;
using Torc.Tests.Support;
using Torc.Web.Workflows;
using Xunit;

namespace Torc.Tests.Web.Workflows;

public sealed class LiveWorkflowTests : PageTest
{
    [Fact]
    public void A_change_that_arrives_while_the_page_loads_is_shown()
    {
        var answer = new TaskCompletionSource();
        var id = Workflows.Add(Diamond.Definition);
        Workflows.Gate = answer.Task;
        var page = Open(id);

        Workflows.Move(id, FakeWorkflows.Start, ("preprocess", JobStatus.Running, null));
        answer.SetResult();

        page.WaitForElement("[data-testid=job-node][data-job=preprocess][data-status=running]");
    }

    [Fact]
    public void A_change_that_comes_later_is_shown_in_graph_header_and_inspector()
    {
        var id = Workflows.Add(Diamond.Definition);
        var page = Open(id, "work2");

        Workflows.Move(id, FakeWorkflows.Start, ("work2", JobStatus.Failed, "Out of memory: used 299 MiB of 200 MiB"));

        page.WaitForElement("[data-testid=job-node][data-job=work2][data-status=failed]");
        Assert.Equal("failed", page.Find("[data-testid=inspector]").GetAttribute("data-status"));
        Assert.Equal("Out of memory: used 299 MiB of 200 MiB", page.Find("[data-testid=reason]").TextContent);
        Assert.Contains("1 failed", page.Find("[data-testid=status-counts]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Jobs_of_a_node_that_is_lost_are_shown_as_unknown_and_as_running_again_when_it_is_heard()
    {
        var id = Workflows.Add(Diamond.Definition);
        Workflows.Move(id, FakeWorkflows.Start, ("work1", JobStatus.Running, null), ("work2", JobStatus.Running, null));
        var page = Open(id, "work2");
        page.WaitForElement("[data-testid=job-node][data-job=work2][data-status=running]");

        Workflows.Lose(id, FakeWorkflows.Start.AddMinutes(1), "work2");

        var node = page.WaitForElement("[data-testid=job-node][data-job=work2][data-status=unknown]");
        Assert.Equal("Job work2, Unknown, last seen running", node.GetAttribute("aria-label"));
        Assert.Equal("Unknown", node.QuerySelector(".torc-node-word")!.TextContent);
        Assert.Equal((null, 1), (node.QuerySelector(".torc-moving"), node.QuerySelectorAll(".torc-hatch").Length));
        Assert.Equal("Unknown, last seen running", page.Find("[data-testid=inspector] .torc-chip").TextContent.Trim());
        Assert.StartsWith("Unknown: node n1, where it was seen last, was not heard since", page.Find("[data-testid=reason]").TextContent, StringComparison.Ordinal);
        Assert.Equal("running", page.Find("[data-testid=job-node][data-job=work1]").GetAttribute("data-status"));

        Workflows.Lose(id, since: null, "work2");

        page.WaitForElement("[data-testid=job-node][data-job=work2][data-status=running]");
        Assert.Empty(page.FindAll(".torc-hatch"));
    }

    [Fact]
    public void One_that_is_deleted_meanwhile_is_not_shown_any_more_and_it_is_said_who_did_it()
    {
        var id = Workflows.Add(Diamond.Definition);
        var page = Open(id);
        page.WaitForElement("[data-testid=job-node]");

        Workflows.Delete(id, "ann");

        page.WaitForElement("[data-testid=missing]");
        Assert.Contains("diamond was deleted by ann", page.Find("[data-testid=deleted]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_is_archived_is_brought_back_before_it_can_run()
    {
        var id = Workflows.Add(Diamond.Definition);
        Workflows.Archive(id, archived: true);

        var page = Open(id);

        page.WaitForElement("[data-testid=archived]");
        Assert.Empty(page.FindAll("[data-testid=run]"));
        Assert.Equal("Unarchive", page.Find("[data-testid=unarchive]").TextContent);
    }

    [Fact]
    public void Another_spec_brings_its_jobs_and_edges_without_a_reload()
    {
        var id = Workflows.Add(Sketch.Draw("raw > a > x | x > b > y"));
        Workflows.Move(id, FakeWorkflows.Start, ("a", JobStatus.Running, null));
        Workflows.Move(id, FakeWorkflows.Start, ("a", JobStatus.Completed, null), ("b", JobStatus.Completed, null));
        var page = Open(id, "a");
        page.WaitForElement("[data-testid=job-node][data-job=b][data-status=completed]");
        Assert.Empty(page.FindAll("[data-testid=spec-version]"));

        Workflows.Revise(id, Sketch.Draw("raw > a > x | x > c > z | z > b > y"));

        page.WaitForElement("[data-testid=job-node][data-job=c]");
        Assert.Equal("v2", page.Find("[data-testid=spec-version]").TextContent);
        Assert.Equal("completed", page.Find("[data-testid=inspector]").GetAttribute("data-status"));
        Workflows.Move(id, FakeWorkflows.Start.AddMinutes(1), ("c", JobStatus.Running, null));
        page.WaitForElement("[data-testid=job-node][data-job=c][data-status=running]");
    }

    [Fact]
    public void Selecting_a_job_by_keyboard_is_kept_in_the_address()
    {
        var page = Open(Workflows.Add(Diamond.Definition));

        page.WaitForElement("[data-testid=job-node][data-job=work2]").KeyDown("Enter");

        Assert.EndsWith("?job=work2", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_keys_select_nothing()
    {
        var page = Open(Workflows.Add(Diamond.Definition));

        page.WaitForElement("[data-testid=job-node][data-job=work2]").KeyDown("Tab");

        Assert.DoesNotContain("job=", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_shows_the_same_jobs_as_the_graph()
    {
        var id = Workflows.Add(Diamond.Definition);

        var page = Render<LiveWorkflow>(parameters => parameters.Add(component => component.Workflow, id).Add(component => component.AsTable, true));

        page.WaitForElement("[data-testid=job-table]");
        Assert.Empty(page.FindAll("[data-testid=graph]"));
    }

    [Fact]
    public void Many_like_jobs_are_one_node_that_counts_them_live()
    {
        var id = Workflows.Add(Diamond.Wide(200));
        var page = Open(id);
        Assert.Equal("200 not prepared", page.WaitForElement("[data-testid=group-node][data-group=work] .torc-node-word").TextContent);

        Workflows.Move(id, FakeWorkflows.Start, ("work7", JobStatus.Failed, "exit code 3"), ("work8", JobStatus.Running, null));

        page.WaitForElement("[data-testid=group-node][data-group=work][data-status=failed]");
        Assert.Equal("1 failed · 1 running", page.Find("[data-group=work] .torc-node-word").TextContent);
        Assert.Equal("Group work, 200 jobs: 1 running · 198 not prepared · 1 failed", page.Find("[data-group=work] > title").TextContent);
    }

    [Fact]
    public void A_group_does_not_say_that_jobs_run_of_which_nobody_knows_it()
    {
        var id = Workflows.Add(Diamond.Wide(200));
        Workflows.Move(id, FakeWorkflows.Start, ("work7", JobStatus.Running, null), ("work8", JobStatus.Running, null));
        var page = Open(id);
        Assert.Equal("2 running", page.WaitForElement("[data-testid=group-node][data-group=work] .torc-node-word").TextContent);
        Assert.Empty(page.FindAll("[data-testid=unknown-jobs]"));

        Workflows.Lose(id, FakeWorkflows.Start.AddMinutes(1), "work7");

        page.WaitForElement("[data-testid=group-node][data-group=work][data-status=unknown]");
        Assert.Equal("1 unknown · 1 running", page.Find("[data-group=work] .torc-node-word").TextContent);
        Assert.EndsWith(": 2 running (1 unknown) · 198 not prepared", page.Find("[data-group=work] > title").TextContent, StringComparison.Ordinal);
        Assert.Equal("2 running (1 unknown)", page.Find("[data-testid=status-counts] [data-status=running]").TextContent.Trim());
        Assert.Equal("Running 2 (1 unknown)", page.Find("[data-testid=filter-running]").TextContent.Trim());
        Assert.StartsWith("Nobody knows whether 1 job still runs", page.Find("[data-testid=unknown-jobs]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_group_tells_why_its_jobs_failed_and_leads_to_them()
    {
        var id = Workflows.Add(Diamond.Wide(200));
        Workflows.Move(id, FakeWorkflows.Start, ("work7", JobStatus.Failed, "exit code 3"), ("work8", JobStatus.Failed, "exit code 3"), ("work9", JobStatus.Failed, "out of memory"));
        var page = Render<LiveWorkflow>(parameters => parameters.Add(component => component.Workflow, id).Add(component => component.Group, "work"));

        var inspector = page.WaitForElement("[data-testid=group-inspector]");

        Assert.Equal(["2 jobs: exit code 3", "1 job: out of memory"], page.FindAll("[data-testid=group-reason] > span:first-child").Select(reason => reason.TextContent));
        Assert.Empty(inspector.QuerySelectorAll("[data-testid=group-open]"));
        page.Find("[data-testid=group-reason] button").Click();
        Assert.EndsWith("?job=work7", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void The_legend_filters_graph_and_table_alike()
    {
        var id = Workflows.Add(Diamond.Wide(200));
        Workflows.Move(id, FakeWorkflows.Start, ("work7", JobStatus.Failed, "exit code 3"), ("work8", JobStatus.Running, null));
        var page = Open(id);

        page.WaitForElement("[data-testid=filter-failed]").Click();
        Assert.EndsWith("?status=failed", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
        page.Render(parameters => parameters.Add(component => component.Wanted, new HashSet<JobStatus> { JobStatus.Failed }));

        Assert.Equal("1 failed", page.Find("[data-group=work] .torc-node-word").TextContent);
        Assert.True(page.Find("[data-testid=job-node][data-job=gather]").HasAttribute("data-dim"));
        Assert.EndsWith("/jobs?status=failed", page.Find("[data-testid=view-jobs]").GetAttribute("href"), StringComparison.Ordinal);
        page.Render(parameters => parameters.Add(component => component.AsTable, true));
        Assert.Equal(["work7"], page.FindComponent<Torc.Web.Jobs.JobTable>().Instance.Jobs.Select(job => job.Name));
    }

    [Fact]
    public void A_filter_that_nothing_passes_says_how_many_are_hidden()
    {
        var id = Workflows.Add(Diamond.Wide(200));
        var page = Render<LiveWorkflow>(parameters => parameters
            .Add(component => component.Workflow, id).Add(component => component.AsTable, true).Add(component => component.Wanted, new HashSet<JobStatus> { JobStatus.Failed }));

        Assert.Contains("202 jobs hidden", page.WaitForElement("[data-testid=nothing-shown]").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("work19", "work19 work190 work191", null)]
    [InlineData("group:work -work1*", "work0 work2 work3", null)]
    [InlineData("1+gather+", "work0 work1 work2", null)]
    [InlineData("nothing", "", null)]
    [InlineData("group:wrk", "", "There is no group “wrk”.")]
    [InlineData("status:failde", "", "At letter 8")]
    public void A_search_finds_jobs_while_one_types(string text, string first, string? problem)
    {
        var page = Open(Workflows.Add(Diamond.Wide(200)));

        page.WaitForElement("[data-testid=graph-search]").Input(text);

        Assert.Equal(first, string.Join(' ', page.FindAll("[data-testid=search-hit]").Take(3).Select(hit => hit.GetAttribute("data-job"))));
        Assert.Equal(problem is not null, page.FindAll("[data-testid=search-problem]").Any(line => line.TextContent.StartsWith(problem ?? "?", StringComparison.Ordinal)));
    }

    [Fact]
    public void Enter_goes_to_the_job_that_was_found()
    {
        var page = Open(Workflows.Add(Diamond.Wide(200)));

        page.WaitForElement("[data-testid=graph-search]").Input("work1");
        page.Find("[data-testid=graph-search]").KeyDown("ArrowDown");
        page.Find("[data-testid=graph-search]").KeyDown("Enter");

        Assert.EndsWith("?job=work10", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[data-testid=search-results]"));
    }

    [Fact]
    public void The_critical_path_is_what_takes_longest()
    {
        var id = Workflows.Add(Diamond.Definition);
        Workflows.Move(id, FakeWorkflows.Start, ("work1", JobStatus.Running, null), ("work2", JobStatus.Running, null));
        Workflows.Move(id, FakeWorkflows.Start.AddMinutes(1), ("work1", JobStatus.Completed, null));
        Workflows.Move(id, FakeWorkflows.Start.AddMinutes(9), ("work2", JobStatus.Completed, null));
        var page = Render<LiveWorkflow>(parameters => parameters.Add(component => component.Workflow, id).Add(component => component.IsCritical, true));

        page.WaitForElement("[data-job=work2][data-critical]");
        Assert.Equal(["preprocess", "work2", "postprocess"], page.FindAll("[data-testid=job-node][data-critical]").Select(node => node.GetAttribute("data-job")));
        Assert.Equal(4, page.FindAll(".torc-edge[data-critical]").Count);
    }

    [Fact]
    public void Only_a_draft_can_be_run()
    {
        var id = Workflows.Add(Diamond.Definition);
        var page = Open(id);
        page.WaitForElement("[data-testid=run]");

        Workflows.Move(id, FakeWorkflows.Start, ("preprocess", JobStatus.Running, null));

        page.WaitForState(() => page.FindAll("[data-testid=run]").Count == 0);
    }

    [Fact]
    public void A_refused_start_says_why_beside_the_button()
    {
        JSInterop.SetupModule("./js/api.js").Setup<ApiAnswer>("post", "api/v1/workflows/1/start").SetResult(new ApiAnswer(409, "It was started before."));
        var page = Open(Workflows.Add(Diamond.Definition));

        page.WaitForElement("[data-testid=run]").Click();

        Assert.Equal("The workflow was not started. It was started before.", page.WaitForElement("[data-testid=refusal]").TextContent);
    }

    [Fact]
    public void A_workflow_that_runs_is_stopped_when_the_second_click_says_so_too()
    {
        var stop = JSInterop.SetupModule("./js/api.js").Setup<ApiAnswer>("post", "api/v1/workflows/1/stop").SetResult(new ApiAnswer(200, null));
        var id = Workflows.Add(Diamond.Definition);
        var page = Open(id);
        Workflows.Move(id, FakeWorkflows.Start, ("preprocess", JobStatus.Running, null));

        page.WaitForElement("[data-testid=stop]").Click();
        page.WaitForElement("[data-testid=stop-refused]").Click();
        page.WaitForElement("[data-testid=stop]").Click();
        Assert.Empty(stop.Invocations);
        page.WaitForElement("[data-testid=stop-confirmed]").Click();

        page.WaitForState(() => stop.Invocations.Count == 1);
        page.WaitForElement("[data-testid=stop]");
    }

    [Fact]
    public void A_question_whether_to_stop_is_not_carried_over_into_another_run()
    {
        var id = Workflows.Add(Diamond.Definition);
        var page = Open(id);
        Workflows.Move(id, FakeWorkflows.Start, ("preprocess", JobStatus.Running, null));
        page.WaitForElement("[data-testid=stop]").Click();
        page.WaitForElement("[data-testid=stop-confirmed]");

        Fail(id);
        page.WaitForElement("[data-testid=rerun]");
        Workflows.Rerun(id, FakeWorkflows.Start.AddMinutes(1), "work2", "postprocess");

        page.WaitForElement("[data-testid=stop]");
    }

    [Fact]
    public void Failed_and_cancelled_jobs_are_counted_on_the_button_that_runs_them_again()
    {
        var id = Workflows.Add(Diamond.Definition);
        Fail(id);
        var dialogs = Render<MudDialogProvider>();
        var page = Open(id);

        page.WaitForElement("[data-testid=rerun]").Click();

        Assert.Equal("Rerun failed (2)", page.Find("[data-testid=rerun]").TextContent.Trim());
        Assert.Equal("failed", dialogs.WaitForElement("[data-testid=rerun-scope]").GetAttribute("data-scope"));
    }

    [Fact]
    public void A_workflow_that_ended_well_offers_to_rerun_what_has_changed()
    {
        var id = Workflows.Add(Diamond.Definition);
        Workflows.Move(id, FakeWorkflows.Start, [.. Diamond.Definition.Jobs.Select(job => (job.Name, JobStatus.Completed, (string?)null))]);
        var dialogs = Render<MudDialogProvider>();
        var page = Open(id);

        page.WaitForElement("[data-testid=rerun]").Click();

        Assert.Equal("Rerun…", page.Find("[data-testid=rerun]").TextContent.Trim());
        Assert.Equal("changed", dialogs.WaitForElement("[data-testid=rerun-scope]").GetAttribute("data-scope"));
    }

    [Fact]
    public void The_inspector_reruns_its_job_and_what_comes_after_it()
    {
        var id = Workflows.Add(Diamond.Definition);
        Fail(id);
        var dialogs = Render<MudDialogProvider>();
        var page = Open(id, "work2");

        page.WaitForElement("[data-testid=inspector-rerun]").Click();

        Assert.Equal("selected_and_downstream", dialogs.WaitForElement("[data-testid=rerun-scope]").GetAttribute("data-scope"));
        Assert.Equal("Selected: work2", dialogs.Find("[data-testid=rerun-selected]").TextContent);
    }

    [Fact]
    public void A_draft_has_nothing_to_rerun()
    {
        var page = Open(Workflows.Add(Diamond.Definition), "work2");

        page.WaitForElement("[data-testid=run]");

        Assert.Empty(page.FindAll("[data-testid=rerun], [data-testid=inspector-rerun]"));
    }

    [Fact]
    public void A_workflow_that_had_ended_is_followed_through_its_next_run()
    {
        var id = Workflows.Add(Diamond.Definition);
        Fail(id);
        var dialogs = Render<MudDialogProvider>();
        var page = Open(id);
        page.WaitForElement("[data-testid=rerun]").Click();

        dialogs.WaitForElement("[data-testid=rerun-confirm]").Click();

        page.WaitForElement("[data-testid=job-node][data-job=work2][data-status=blocked]");
        Assert.Contains("run #2", page.Find("header").TextContent, StringComparison.Ordinal);
        Workflows.Move(id, FakeWorkflows.Start.AddMinutes(2), ("work2", JobStatus.Running, null));
        page.WaitForElement("[data-testid=job-node][data-job=work2][data-status=running]");
        Workflows.Move(id, FakeWorkflows.Start.AddMinutes(3), ("work2", JobStatus.Completed, null), ("postprocess", JobStatus.Completed, null));
        page.WaitForElement("[data-testid=workflow][data-status=completed]");
        Assert.Equal("Rerun…", page.Find("[data-testid=rerun]").TextContent.Trim());
    }

    [Fact]
    public void An_unknown_workflow_is_named() =>
        Assert.Contains("There is no workflow 77", Open(new WorkflowId(77)).WaitForElement("[data-testid=missing]").TextContent, StringComparison.Ordinal);

    [Fact]
    public void An_unknown_job_in_the_address_is_named() =>
        Assert.Contains("“work9”", Open(Workflows.Add(Diamond.Definition), "work9").WaitForElement("[data-testid=unknown-job]").TextContent, StringComparison.Ordinal);

    private void Fail(WorkflowId id) => Workflows.Move(
        id,
        FakeWorkflows.Start.AddSeconds(30),
        ("preprocess", JobStatus.Completed, null),
        ("work1", JobStatus.Completed, null),
        ("work2", JobStatus.Failed, "Out of memory: used 299 MiB of 200 MiB"),
        ("postprocess", JobStatus.Canceled, "work2 failed"));

    private IRenderedComponent<LiveWorkflow> Open(WorkflowId id, string? job = null) =>
        Render<LiveWorkflow>(parameters => parameters.Add(page => page.Workflow, id).Add(page => page.Job, job));
}
