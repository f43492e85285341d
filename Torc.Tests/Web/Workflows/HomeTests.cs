using Bunit;
using Torc.Shared.Jobs;
using Torc.Tests.Support;
using Torc.Web.Workflows;
using Xunit;

namespace Torc.Tests.Web.Workflows;

public sealed class HomeTests : PageTest
{
    [Fact]
    public void Without_a_workflow_the_first_steps_are_shown() => Assert.NotEmpty(Render<Home>().FindAll("[data-testid=first-steps]"));

    [Fact]
    public void A_workflow_that_runs_and_then_fails_moves_and_says_why()
    {
        var id = Workflows.Add(Diamond.Definition);
        Workflows.Move(id, FakeWorkflows.Start, ("work2", JobStatus.Running, null));
        var page = Render<Home>();
        Assert.NotEmpty(page.FindAll("[data-testid=running]"));
        Assert.NotEmpty(page.FindAll("[data-testid=no-trouble]"));

        Workflows.Move(
            id,
            FakeWorkflows.Start.AddMinutes(1),
            ("preprocess", JobStatus.Completed, null), ("work1", JobStatus.Completed, null), ("work2", JobStatus.Failed, "used 299 MiB of 200 MiB"), ("postprocess", JobStatus.Canceled, null));

        Assert.Equal("1 job: out of memory (work2)", page.WaitForElement("[data-testid=attention-why]").TextContent);
        Assert.Equal("workflows/1?job=work2", page.Find("[data-testid=attention] .torc-button").GetAttribute("href"));
        Assert.Empty(page.FindAll("[data-testid=running]"));
    }

    [Fact]
    public void A_running_workflow_says_of_how_many_jobs_nobody_knows_whether_they_run()
    {
        var id = Workflows.Add(Diamond.Definition);
        Workflows.Move(id, FakeWorkflows.Start, ("work1", JobStatus.Running, null), ("work2", JobStatus.Running, null));
        var page = Render<Home>();

        Workflows.Lose(id, FakeWorkflows.Start.AddMinutes(1), "work2");
        page.WaitForAssertion(() => Assert.Equal("2 running (1 unknown)", page.Find("[data-testid=running] [data-status=running].torc-count").TextContent));

        Workflows.Lose(id, since: null, "work2");
        page.WaitForAssertion(() => Assert.Equal("2 running", page.Find("[data-testid=running] [data-status=running].torc-count").TextContent));
    }

    [Fact]
    public void A_job_that_waits_for_a_decision_needs_attention_while_its_workflow_runs()
    {
        var id = Workflows.Add(Diamond.Definition);
        Workflows.Move(id, FakeWorkflows.Start, ("work1", JobStatus.Running, null), ("work2", JobStatus.PendingFailed, null));

        Assert.Equal("1 job waits for your decision", Render<Home>().Find("[data-testid=attention-why]").TextContent);
    }
}
