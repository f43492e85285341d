using Bunit;
using Torc.Shared.Jobs;
using Torc.Tests.Support;
using Torc.Web.Workflows;
using Xunit;

namespace Torc.Tests.Web.Workflows;

public sealed class WorkflowListTests : PageTest
{
    public WorkflowListTests() => Render<MudBlazor.MudDialogProvider>();

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
}
