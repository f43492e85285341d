using Bunit;
using Torc.Shared.Jobs;
using Torc.Tests.Support;
using Torc.Web.Jobs;
using Xunit;

namespace Torc.Tests.Web.Jobs;

public sealed class JobInspectorTests : PageTest
{
    private readonly WorkflowId _id;
    private long _beat;

    public JobInspectorTests() => _id = Workflows.Add(Diamond.Definition);

    [Fact]
    public void A_job_is_told_with_command_needs_and_files()
    {
        var inspector = Inspect("postprocess");

        Assert.Equal("sh postprocess.sh f3.json f4.json f5.json", inspector.Find("pre").TextContent);
        Assert.Equal("1 CPU, 256 MiB, up to 2 min (small)", inspector.Find("[data-testid=requirements]").TextContent);
        Assert.Equal(["f3, f4", "f5, summary"], inspector.FindAll(".torc-facts dd").Skip(1).Select(fact => fact.TextContent));
        inspector.WaitForElement("[data-testid=no-attempt]");
    }

    [Fact]
    public void A_waiting_job_says_what_it_waits_for_now()
    {
        string why = "Waits for work1 and work2.";
        Workflows.Why = _ => why;
        Workflows.Move(_id, FakeWorkflows.Start, ("postprocess", JobStatus.Blocked, "old"));
        var inspector = Inspect("postprocess");
        inspector.WaitForAssertion(() => Assert.Equal("Waits for work1 and work2.", inspector.Find("[data-testid=reason]").TextContent));

        why = "Waits for work2.";
        Refresh(inspector, "postprocess");

        inspector.WaitForAssertion(() => Assert.Equal("Waits for work2.", inspector.Find("[data-testid=reason]").TextContent));
    }

    [Fact]
    public void Attempts_are_listed_and_the_newest_is_shown()
    {
        Run("exit 1");
        Workflows.Move(_id, FakeWorkflows.Start.AddSeconds(10), ("work1", JobStatus.Running, null));

        var inspector = Inspect("work1");

        inspector.WaitForAssertion(() => Assert.Equal(["2", "1"], inspector.FindAll("[data-testid=attempts] tbody tr").Select(row => row.GetAttribute("data-attempt"))));
        Assert.Equal("2", inspector.Find("tr.torc-selected").GetAttribute("data-attempt"));
        Assert.Equal(["open", "out of memory"], inspector.FindAll("[data-testid=attempts] td:last-child").Select(cell => cell.TextContent));
    }

    [Fact]
    public void An_older_attempt_can_be_chosen_and_stays_chosen()
    {
        Run("exit 1");
        Workflows.Move(_id, FakeWorkflows.Start.AddSeconds(10), ("work1", JobStatus.Running, null));
        var inspector = Inspect("work1");

        inspector.WaitForElement("tr[data-attempt='1'] button").Click();
        Refresh(inspector, "work1");

        inspector.WaitForAssertion(() => Assert.Equal("1", inspector.Find("tr.torc-selected").GetAttribute("data-attempt")));
    }

    [Fact]
    public void Details_are_asked_for_again_only_when_the_job_changed()
    {
        Run("exit 1");
        var inspector = Inspect("work1");
        inspector.WaitForElement("[data-testid=attempts]");
        int before = Workflows.Questions;

        Refresh(inspector, "work1");
        Refresh(inspector, "work1");
        Assert.Equal(before, Workflows.Questions);

        Workflows.Move(_id, FakeWorkflows.Start.AddSeconds(10), ("work1", JobStatus.Running, null));
        Refresh(inspector, "work1");
        inspector.WaitForAssertion(() => Assert.Equal(2, inspector.FindAll("[data-testid=attempts] tbody tr").Count));
    }

    [Fact]
    public void A_job_too_short_for_a_sample_says_so()
    {
        Run("exit 1");

        var inspector = Inspect("work1");

        Assert.Equal("The job ran 0.4 s; samples are taken every 1 s.", inspector.WaitForElement("[data-testid=chart-empty]").TextContent);
    }

    [Fact]
    public void The_requested_memory_is_given_to_the_chart()
    {
        Run("exit 1");

        var inspector = Inspect("work1");

        Assert.Equal((512L << 20).ToString(System.Globalization.CultureInfo.InvariantCulture), inspector.WaitForElement("[data-series=memory]").GetAttribute("data-bound"));
    }

    private void Run(string reason)
    {
        Workflows.Move(_id, FakeWorkflows.Start, ("work1", JobStatus.Running, null));
        Workflows.Move(_id, FakeWorkflows.Start.AddSeconds(0.4), ("work1", JobStatus.Failed, reason));
    }

    private IRenderedComponent<JobInspector> Inspect(string job) => Render<JobInspector>(parameters => parameters
        .Add(component => component.Job, Workflows.Job(_id, job))
        .Add(component => component.Workflow, Diamond.Definition)
        .Add(component => component.Beat, _beat));

    private void Refresh(IRenderedComponent<JobInspector> inspector, string job) => inspector.Render(parameters => parameters
        .Add(component => component.Job, Workflows.Job(_id, job))
        .Add(component => component.Beat, ++_beat));
}
