using Bunit;
using Torc.Shared.Jobs;
using Torc.Tests.Support;
using Torc.Web.Jobs;
using Torc.Web.Workflows;
using Xunit;

namespace Torc.Tests.Web.Workflows;

public sealed class LiveJobTests : PageTest
{
    [Fact]
    public void A_job_is_found_by_its_name_and_by_its_number()
    {
        var id = Workflows.Add(Diamond.Definition);

        foreach (string name in new[] { "work2", Workflows.Job(id, "work2").Id.ToString() })
        {
            Assert.Equal("work2", Open(id, name).WaitForElement("[data-testid=job-page]").GetAttribute("data-job"));
        }
    }

    [Fact]
    public void A_job_of_another_workflow_and_one_that_is_not_are_named()
    {
        var id = Workflows.Add(Diamond.Definition);
        var other = Workflows.Add(Diamond.Definition);

        foreach (string name in new[] { "work9", Workflows.Job(other, "work2").Id.ToString() })
        {
            Assert.Contains($"There is no job {name} in workflow {id}", Open(id, name).WaitForElement("[data-testid=missing]").TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Its_status_its_attempts_and_another_spec_are_followed()
    {
        var id = Workflows.Add(Sketch.Draw("raw > a > x | x > b > y"));
        var page = Open(id, "a", asLog: true);
        page.WaitForElement("[data-testid=no-attempt]");

        Workflows.Move(id, FakeWorkflows.Start, ("a", JobStatus.Running, null));
        page.WaitForElement("[data-testid=job-page][data-status=running]");
        Workflows.Move(id, FakeWorkflows.Start.AddMinutes(1), ("a", JobStatus.Running, null));
        page.WaitForElement("[data-testid=log-attempt] option[value='2']");
        Assert.Equal("2", page.Find("[data-testid=log-attempt] option[selected]").GetAttribute("value"));

        Workflows.Revise(id, Sketch.Draw("x > b > y"));
        page.WaitForElement("[data-testid=missing]");
    }

    [Theory]
    [InlineData("work2", "workflows/1/jobs/work2")]
    [InlineData("lr 0.1", "workflows/1/jobs/lr%200.1")]
    [InlineData("a/b", "workflows/1/jobs/7")]
    [InlineData("..", "workflows/1/jobs/7")]
    [InlineData("50%", "workflows/1/jobs/7")]
    public void A_name_that_an_address_cannot_hold_gives_way_to_the_number(string name, string address) =>
        Assert.Equal(address, JobAddress.Of(new WorkflowId(1), new JobId(7), name));

    private IRenderedComponent<LiveJob> Open(WorkflowId id, string name, bool asLog = false) =>
        Render<LiveJob>(parameters => parameters.Add(page => page.Workflow, id).Add(page => page.Name, name).Add(page => page.AsLog, asLog));
}
